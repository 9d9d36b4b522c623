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

/** The addresses of the upload form, the rule form and the upload API, as the shipped workflows have them. */
export function addressesOf(url, folder = join(root, 'workflows')) {
	const workflows = readWorkflows(folder);
	const formPath = formOf(workflows, 'fleetUploadForm');
	const ruleFormPath = formOf(workflows, 'fleetRuleForm');
	const webhooks = nodesOf(workflows, 'n8n-nodes-base.webhook');
	const api = webhooks.find(({ parameters }) => parameters.authentication === 'headerAuth');
	return {
		form: formPath && `${url}/form/${formPath}`,
		ruleForm: ruleFormPath && `${url}/form/${ruleFormPath}`,
		api: api && `${url}/webhook/${api.parameters.path}`,
	};
}

/** n8n says that a workflow is active a little before it answers at its address. Gives up in silence. */
export async function untilServed(url) {
	const { form, ruleForm } = addressesOf(url);
	const deadline = Date.now() + SERVED_WITHIN_MS;
	for (const address of [form, ruleForm]) {
		while (address && Date.now() < deadline && (await fetch(address)).status === 404) await sleep(100);
	}
}
