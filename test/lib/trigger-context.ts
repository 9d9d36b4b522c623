import type {
	IDataObject,
	INodeExecutionData,
	INodeType,
	IRun,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';

export interface TriggerRun {
	/** The outputs of each start of the workflow, each output the `json` of its items. */
	readonly emitted: IDataObject[][][];
	/** Messages of the failed executions that the node has saved. */
	readonly failures: string[];
	close(): Promise<void>;
}

/** How an execution ends. */
export type RunEnd = Pick<IRun, 'status'> & { readonly error?: string };

/**
 * Activates a trigger node as n8n does; a member of the context that is not here throws by its name. Executions end as
 * `endOf` says, by default well.
 */
export async function startTrigger(
	node: INodeType,
	parameters: Readonly<Record<string, unknown>>,
	credentials: Readonly<Record<string, object>>,
	endOf: (outputs: IDataObject[][]) => RunEnd = () => ({ status: 'success' }),
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
		helpers: { createDeferredPromise: deferred },
		emit: (outputs: INodeExecutionData[][], _response?: unknown, done?: Deferred) => {
			const jsons = outputs.map((items) => items.map(({ json }) => json));
			emitted.push(jsons);
			const { status, error } = endOf(jsons);
			const failure = error === undefined ? {} : { error: new Error(error), lastNodeExecuted: 'Work' };
			done?.resolve({ status, data: { resultData: { runData: {}, ...failure } } });
		},
		saveFailedExecution: ({ message }: Error) => void failures.push(message),
		logger: { info: () => undefined, warn: () => undefined },
	};
	const response = (await node.trigger?.call(context as unknown as ITriggerFunctions)) as ITriggerResponse;
	return { emitted, failures, close: async () => await response.closeFunction?.() };
}

interface Deferred {
	readonly promise: Promise<unknown>;
	resolve(value: unknown): void;
}

function deferred(): Deferred {
	let resolve: Deferred['resolve'] = () => undefined;
	const promise = new Promise((settle) => (resolve = settle));
	return { promise, resolve: (value) => resolve(value) };
}
