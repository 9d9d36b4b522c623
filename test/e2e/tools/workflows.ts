import type { N8n, NodeToRun } from '../../../scripts/demo/run-node.mjs';
import { removeWorkflow } from '../../../scripts/demo/run-node.mjs';
import { endedExecution, type Execution, type ExecutionData, itemsOf, type Item } from './executions';

export interface Step extends NodeToRun {
	readonly name: string;
	readonly typeVersion?: number;
	/** Of a webhook: its path is registered under it. */
	readonly webhookId?: string;
	/** Name of the step whose output feeds this one, with the output; left out: the step before, output 0. */
	readonly after?: readonly [name: string, output: number];
}

interface WorkflowInput {
	readonly name: string;
	readonly steps: readonly Step[];
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly pinData?: Readonly<Record<string, readonly unknown[]>>;
}

type Connections = Record<string, { main: { node: string; type: 'main'; index: 0 }[][] }>;

function connectionsOf(steps: readonly Step[]): Connections {
	const connections: Connections = {};
	steps.forEach(({ name, after }, index) => {
		const [from, output] = after ?? [steps[index - 1]?.name ?? '', 0];
		if (index === 0) return;
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: name, type: 'main', index: 0 });
	});
	return connections;
}

/** Saves a workflow of these steps; returns its id. */
export async function saveWorkflow(
	{ call }: Pick<N8n, 'call'>,
	{ name, steps, settings, pinData }: WorkflowInput,
): Promise<{ id: string; versionId: string }> {
	const nodes = steps.map(({ after: _after, ...step }, index) => ({
		typeVersion: 1,
		id: `step-${index}`,
		position: [index * 220, 0],
		...step,
	}));
	const connections = connectionsOf(steps);
	const content = { name, nodes, connections, pinData, settings: { executionOrder: 'v1', ...settings } };
	return await call('POST', '/workflows', content);
}

/** Saves and activates a workflow whose first step is a trigger. */
export async function startWorkflow(n8n: Pick<N8n, 'call'>, input: WorkflowInput): Promise<string> {
	const { id, versionId } = await saveWorkflow(n8n, input);
	await n8n.call('POST', `/workflows/${id}/activate`, { versionId });
	return id;
}

interface SavedNode {
	readonly name: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** Gives nodes of a shipped workflow what its note asks for; all else stays as it is. */
export async function fillIn(
	{ call }: Pick<N8n, 'call'>,
	workflowId: string,
	filled: Readonly<Record<string, Partial<Pick<NodeToRun, 'parameters' | 'credentials'>>>>,
	pinData: Readonly<Record<string, readonly unknown[]>> = {},
): Promise<void> {
	const { nodes } = await call<{ nodes: SavedNode[] }>('GET', `/workflows/${workflowId}`);
	const changed = nodes.map((node) => {
		const { parameters, ...more } = filled[node.name] ?? {};
		return { ...node, ...more, parameters: { ...node.parameters, ...parameters } };
	});
	await call('PATCH', `/workflows/${workflowId}`, { nodes: changed, pinData });
}

/** Runs a workflow from one of its triggers now, as the editor's button does, to its end. */
export async function runNow(
	{ call }: Pick<N8n, 'call'>,
	workflowId: string,
	trigger: string,
): Promise<Execution & { readonly data: ExecutionData }> {
	const { executionId } = await call<{ executionId: string }>('POST', `/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	return await endedExecution(call, executionId);
}

/** A text as the file of an item, in its field `data`. */
export const fileOf = (fileName: string, text: string) => ({
	data: { fileName, mimeType: 'text/plain', data: Buffer.from(text).toString('base64') },
});

/**
 * Runs one node on items: every output with its pairing, or the error that stopped it. `binary`: the files of each of
 * the items.
 */
export async function tryNode(
	n8n: N8n,
	node: NodeToRun,
	items: readonly Readonly<Record<string, unknown>>[],
	binary?: ReturnType<typeof fileOf>,
): Promise<{ outputs: Item[][]; error: ExecutionData['resultData']['error'] }> {
	const { id } = await saveWorkflow(n8n, {
		name: `Try ${node.type}`,
		steps: [
			{ name: 'Items', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
			{ name: 'Node', ...node },
		],
		pinData: { Items: items.map((json) => ({ json, binary })) },
	});
	try {
		const { data } = await runNow(n8n, id, 'Items');
		return {
			outputs: [0, 1, 2].map((output) => itemsOf(data, 'Node', output)),
			error: data.resultData.error,
		};
	} finally {
		await removeWorkflow(n8n, id);
	}
}
