import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, sha256 } from './paths.mjs';
import { writePrivately } from './user-folder.mjs';

/** The workflows of a folder's `*.json`, each with a hash of its file. A file without a fixed id throws. */
export function readWorkflows(folder) {
	if (!existsSync(folder)) return [];
	const names = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort();
	return names.map((name) => {
		const path = join(folder, name);
		const workflow = readJson(path);
		if (!workflow.id) throw new Error(`${path} has no "id": a shipped workflow needs a fixed one`);
		return { workflow, hash: sha256(readFileSync(path, 'utf8')) };
	});
}

/** Those that only some fleets need, or that want an address or a login first: the operator activates them. */
const LEFT_INACTIVE = new Set([
	'fleetFiringsToActions',
	'fleetEmailImport',
	'fleetS3Import',
	'fleetSftpImport',
	'fleetUrlImport',
]);

const UNSAID = { active: false, settings: {} };

function contentOf({ name, nodes, connections, settings, pinData, meta }) {
	return { ...UNSAID, name, nodes, connections, ...(settings && { settings }), pinData, meta };
}

/** Creates or replaces one workflow; null when it was changed or archived in the editor and is therefore kept. */
async function put(call, workflow, known) {
	const present = await call('GET', `/workflows/${workflow.id}`);
	if (!present) return await call('POST', '/workflows', { id: workflow.id, ...contentOf(workflow) });
	const isUntouched = known === undefined || known.versionId === present.versionId;
	if (present.isArchived || !isUntouched) return null;
	return await call('PATCH', `/workflows/${workflow.id}`, contentOf(workflow));
}

/**
 * Publishes all; one may need another to be published first, so the refused ones are tried again until no further one
 * gets through. Returns those that remain, each with n8n's reason.
 */
async function publishAll(call, due) {
	let waiting = due;
	for (;;) {
		const refused = [];
		for (const each of waiting) {
			try {
				await call('POST', `/workflows/${each.id}/activate`, { versionId: each.versionId });
			} catch (error) {
				refused.push({ ...each, error });
			}
		}
		if (refused.length === waiting.length) return refused;
		waiting = refused;
	}
}

/**
 * Brings the shipped workflows whose file has changed since the last start into n8n and publishes them, but for those
 * that are left to the operator. `call` logs
 * in when it is first used, so that nothing is asked of n8n when nothing has changed. Returns the names of those
 * `imported` (active now), `inactive` and `kept` (changed in the editor), and `failed`: name and reason of those that n8n did not
 * activate, which are tried again at the next start.
 */
export async function importWorkflows({ call, folder, userFolder }) {
	const recordPath = join(userFolder, 'shipped-workflows.json');
	const record = readJson(recordPath) ?? {};
	const due = readWorkflows(folder).filter(({ workflow, hash }) => record[workflow.id]?.hash !== hash);
	const imported = [];
	const kept = [];
	for (const { workflow, hash } of due) {
		const saved = await put(call, workflow, record[workflow.id]);
		if (saved) imported.push({ id: workflow.id, name: workflow.name, hash, versionId: saved.versionId });
		else kept.push(workflow.name);
	}
	const toPublish = imported.filter(({ id }) => !LEFT_INACTIVE.has(id));
	const refused = await publishAll(call, toPublish);
	for (const { id, hash, versionId } of imported) {
		const isActive = !refused.some((each) => each.id === id);
		record[id] = { hash: isActive ? hash : null, versionId };
	}
	if (imported.length > 0) writePrivately(recordPath, record);
	return {
		imported: toPublish.filter(({ id }) => record[id].hash !== null).map(({ name }) => name),
		inactive: imported.filter(({ id }) => LEFT_INACTIVE.has(id)).map(({ name }) => name),
		kept,
		failed: refused.map(({ name, error }) => ({ name, reason: error.reason ?? error.message })),
	};
}
