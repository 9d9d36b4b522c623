import type { IDataObject, INodeExecutionData, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { INodeType } from 'n8n-workflow';

export interface TriggerRun {
	/** The outputs of each start of the workflow, each output the `json` of its items. */
	readonly emitted: IDataObject[][][];
	/** Messages of the failed executions that the node has saved. */
	readonly failures: string[];
	close(): Promise<void>;
}

/** Activates a trigger node as n8n does; a member of the context that is not here throws by its name. */
export async function startTrigger(
	node: INodeType,
	parameters: Readonly<Record<string, unknown>>,
	credentials: Readonly<Record<string, object>>,
): Promise<TriggerRun> {
	const emitted: IDataObject[][][] = [];
	const failures: string[] = [];
	const names = Object.keys(credentials);
	const context = {
		getNode: () => ({
			id: 'node',
			name: node.description.displayName,
			type: node.description.name,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			credentials: Object.fromEntries(names.map((name) => [name, { id: name, name }])),
		}),
		getMode: () => 'trigger',
		getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
		getCredentials: (type: string) => Promise.resolve(credentials[type]),
		emit: (outputs: INodeExecutionData[][]) =>
			void emitted.push(outputs.map((items) => items.map(({ json }) => json))),
		saveFailedExecution: ({ message }: Error) => void failures.push(message),
		logger: { info: () => undefined, warn: () => undefined },
	};
	const response = (await node.trigger?.call(context as unknown as ITriggerFunctions)) as ITriggerResponse;
	return { emitted, failures, close: async () => await response.closeFunction?.() };
}
