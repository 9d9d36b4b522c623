import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.mjs';
import { readWorkflows } from './shipped-workflows.mjs';

const SERVED_WITHIN_MS = 5_000;

function nodesOf(workflows, type) {
	return workflows.flatMap(({ workflow }) => workflow.nodes.filter((node) => node.type === type));
}

function formOf(workflows, id) {
	const [form] = nodesOf(
		workflows.filter(({ workflow }) => workflow.id === id),
		'n8n-nodes-base.formTrigger',
	);
	return form && (form.parameters.path ?? form.parameters.options?.path ?? form.webhookId);
}

function webhookOf(workflows, id) {
	const [webhook] = nodesOf(
		workflows.filter(({ workflow }) => workflow.id === id),
		'n8n-nodes-base.webhook',
	);
	return webhook?.parameters.path;
}

/** The addresses of the forms, of the imports' page and of the upload API, as the shipped workflows have them. */
export function addressesOf(url, folder = join(root, 'workflows')) {
	const workflows = readWorkflows(folder);
	const formPath = formOf(workflows, 'fleetUploadForm');
	const ruleFormPath = formOf(workflows, 'fleetRuleForm');
	const importsPath = webhookOf(workflows, 'fleetImportProgress');
	const apiPath = webhookOf(workflows, 'fleetUploadApi');
	return {
		form: formPath && `${url}/form/${formPath}`,
		ruleForm: ruleFormPath && `${url}/form/${ruleFormPath}`,
		imports: importsPath && `${url}/webhook/${importsPath}`,
		api: apiPath && `${url}/webhook/${apiPath}`,
	};
}

/** n8n says that a workflow is active a little before it answers at its address. Gives up in silence. */
export async function untilServed(url) {
	const { form, ruleForm, imports } = addressesOf(url);
	const deadline = Date.now() + SERVED_WITHIN_MS;
	for (const address of [form, ruleForm, imports]) {
		while (address && Date.now() < deadline && (await fetch(address)).status === 404) await sleep(100);
	}
}
