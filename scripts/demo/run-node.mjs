import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const ACTIVATED_WITHIN_MS = 15_000;

/**
 * Runs single nodes in a running n8n, each behind a webhook in a workflow that is made when the node is first run and
 * stays until `close`.
 *
 * @param n8n `{ url, call, apiHeader }`: its address, what `logIn` gave, the header that the shipped webhooks ask for
 */
export function nodeRunner(n8n) {
	const workflows = new Map();
	// One after the other: n8n takes longer over several at once.
	let lastAdded = Promise.resolve();
	const workflowOf = (node) => {
		const key = JSON.stringify(node);
		if (!workflows.has(key)) {
			const added = lastAdded.then(async () => await addWorkflow(n8n, node));
			workflows.set(key, added);
			// The next run tries anew.
			lastAdded = added.catch(() => workflows.delete(key));
		}
		return workflows.get(key);
	};
	return {
		/**
		 * Runs `{ type, parameters, credentials?, onError? }` on the items and returns the JSON of the items that its
		 * first output gave, in their order. Throws with the node's own message and its description when it fails.
		 */
		async run(node, items = [{}]) {
			const workflow = await workflowOf(node);
			const { ok, text } = await post(n8n, workflow.path, items);
			if (!ok) {
				// What failed is looked for among the workflow's executions: the next run shall find its own.
				workflows.delete(JSON.stringify(node));
				try {
					throw new Error((await failureOf(n8n, workflow.id)) ?? text);
				} finally {
					await removeWorkflow(n8n, workflow.id);
				}
			}
			const answer = JSON.parse(text);
			return (Array.isArray(answer) ? answer : [answer]).filter((item) => Object.keys(item).length > 0);
		},
		/** Deactivates and deletes the workflows. */
		async close() {
			const made = await Promise.allSettled(workflows.values());
			workflows.clear();
			const ids = made.flatMap(({ value }) => (value ? [value.id] : []));
			for (const id of ids) await n8n.call('POST', `/workflows/${id}/archive`, {});
			for (const id of ids) await deleteArchived(n8n, id);
		},
	};
}

/** Deactivates and deletes a workflow. */
export async function removeWorkflow({ call }, id) {
	await call('POST', `/workflows/${id}/archive`, {});
	await deleteArchived({ call }, id);
}

/** n8n refuses for as long as the deactivation is under way. */
async function deleteArchived({ call }, id) {
	for (let attempt = 1; ; attempt++) {
		try {
			await call('DELETE', `/workflows/${id}`);
			return;
		} catch (error) {
			if (attempt === 100 || !/answered 409/.test(error.message)) throw error;
			await sleep(100);
		}
	}
}

async function addWorkflow({ call }, node) {
	const path = `fleet-call-${randomUUID()}`;
	const { id, versionId } = await call('POST', '/workflows', workflowAround(path, node));
	try {
		await call('POST', `/workflows/${id}/activate`, { versionId });
	} catch (error) {
		await removeWorkflow({ call }, id);
		throw error;
	}
	return { id, path };
}

/** A webhook answers 404 for the moment until its activation has come through. */
async function post({ url, apiHeader }, path, items) {
	const deadline = Date.now() + ACTIVATED_WITHIN_MS;
	for (;;) {
		const response = await fetch(`${url}/webhook/${path}`, {
			method: 'POST',
			headers: { [apiHeader.name]: apiHeader.value, 'content-type': 'application/json' },
			body: JSON.stringify({ items }),
		});
		const text = await response.text();
		if (response.status !== 404 || Date.now() > deadline) return { ok: response.ok, text };
		await sleep(20);
	}
}

async function failureOf({ call }, workflowId) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['error'] }));
	for (let attempt = 0; attempt < 30; attempt++) {
		const { results } = await call('GET', `/executions?filter=${filter}`);
		if (results.length > 0) {
			const { data } = await call('GET', `/executions/${results[0].id}`);
			return errorTextOf(JSON.parse(data));
		}
		await sleep(100);
	}
	return null;
}

/** n8n keeps an execution as a flat list whose elements name each other by index. */
function errorTextOf(flat) {
	const read = (reference) => flat[Number(reference)];
	const root = flat[0];
	const error = read(read(root.resultData).error);
	const message = read(error.message);
	const description = error.description === undefined ? '' : (read(error.description) ?? '');
	return description ? `${message}: ${description}` : message;
}

function workflowAround(path, { type, parameters, credentials, onError }) {
	const steps = [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: path,
			parameters: {
				path,
				httpMethod: 'POST',
				authentication: 'headerAuth',
				responseMode: 'lastNode',
				responseData: 'allEntries',
			},
			credentials: { httpHeaderAuth: { id: 'fleetUploadApi', name: 'Fleet upload API' } },
		},
		{
			name: 'Items',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'body.items', options: {} },
		},
		{ name: 'Node', type, typeVersion: 1, parameters, credentials, onError, alwaysOutputData: true },
	];
	const to = (node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: `Call of ${type}`,
		settings: { executionOrder: 'v1' },
		nodes: steps.map((step, index) => ({ id: `step-${index}`, position: [index * 220, 0], ...step })),
		connections: { Webhook: to('Items'), Items: to('Node') },
	};
}
