import {
	createEmptyRunExecutionData,
	Workflow,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type NodeExecutionHint,
	type NodeParameterValueType,
} from 'n8n-workflow';

export interface NodeSetup {
	readonly node: INodeType;
	/** As a workflow keeps them: what is left out gets its default, as far as it is displayed. */
	readonly parameters?: INodeParameters;
	/** Decrypted data by credential type. */
	readonly credentials?: Readonly<Record<string, object>>;
	readonly continueOnFail?: boolean;
	/** The `json` of the input items; one empty item when left out. */
	readonly items?: readonly (IDataObject | INodeExecutionData)[];
	/** Further members of the context's `helpers`. */
	readonly helpers?: object;
}

export interface NodeRun {
	readonly outputs: readonly INodeExecutionData[][];
	readonly hints: readonly NodeExecutionHint[];
}

const TIMEZONE = 'Europe/Berlin';

/**
 * Runs a node on n8n's own workflow class, so that defaults, displayed fields and expressions are those that n8n
 * would compute. A member of the context that is not here throws by its name.
 */
export async function executeNode(setup: NodeSetup): Promise<NodeRun> {
	const hints: NodeExecutionHint[] = [];
	const context = executeContext(setup, hints);
	const outputs = await setup.node.execute?.call(context);
	if (!Array.isArray(outputs)) throw new Error('The node has not returned items');
	return { outputs, hints };
}

export function executeContext(setup: NodeSetup, hints: NodeExecutionHint[] = []): IExecuteFunctions {
	const { workflow, node } = workflowOf(setup);
	const items = inputItems(setup);
	return strict<IExecuteFunctions>({
		...nodeMembers(setup, node),
		getInputData: () => items,
		continueOnFail: () => setup.continueOnFail ?? false,
		getTimezone: () => TIMEZONE,
		getMode: () => 'manual',
		addExecutionHints: (...added: NodeExecutionHint[]) => void hints.push(...added),
		getNodeParameter: ((name: string, itemIndex: number, fallback?: unknown) =>
			resolve(workflow, node, items, name, itemIndex, fallback)) as IExecuteFunctions['getNodeParameter'],
		helpers: strict<IExecuteFunctions['helpers']>(setup.helpers ?? {}),
	});
}

/** For `methods.listSearch` and `methods.loadOptions`. */
export function loadOptionsContext(setup: NodeSetup): ILoadOptionsFunctions {
	const { node } = workflowOf(setup);
	return strict<ILoadOptionsFunctions>({
		...nodeMembers(setup, node),
		getCurrentNodeParameters: () => node.parameters,
		getCurrentNodeParameter: (name) =>
			name.split('.').reduce<unknown>(memberOf, node.parameters) as NodeParameterValueType,
	});
}

function nodeMembers({ credentials = {} }: NodeSetup, node: INode) {
	return {
		getNode: () => node,
		async getCredentials<T extends object>(type: string): Promise<T> {
			const data = credentials[type];
			if (data === undefined) throw new Error(`Node does not have any credentials set for "${type}"`);
			return data as T;
		},
	};
}

function workflowOf(setup: NodeSetup): { workflow: Workflow; node: INode } {
	const { description } = setup.node;
	const names = Object.keys(setup.credentials ?? {});
	const node: INode = {
		id: 'node',
		name: String(description.defaults.name),
		type: description.name,
		typeVersion: 1,
		position: [0, 0],
		parameters: structuredClone(setup.parameters ?? {}),
		credentials: Object.fromEntries(names.map((name) => [name, { id: name, name }])),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		settings: { timezone: TIMEZONE },
		nodeTypes: {
			getByName: () => setup.node,
			getByNameAndVersion: () => setup.node,
			getKnownTypes: () => ({}),
		},
	});
	return { workflow, node: workflow.getNode(node.name) ?? node };
}

function inputItems({ items = [{}] }: NodeSetup): INodeExecutionData[] {
	return items.map((item) => ('json' in item ? (item as INodeExecutionData) : { json: item }));
}

function resolve(
	workflow: Workflow,
	node: INode,
	items: INodeExecutionData[],
	name: string,
	itemIndex: number,
	fallback: unknown,
): unknown {
	const raw = name.split('.').reduce<unknown>(memberOf, node.parameters) ?? fallback;
	if (raw === undefined) throw new Error(`Could not get parameter "${name}"`);
	const run = createEmptyRunExecutionData();
	const value = structuredClone(raw) as INodeParameters;
	return workflow.expression.getParameterValue(value, run, 0, itemIndex, node.name, items, 'manual', {});
}

function memberOf(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function strict<T extends object>(members: Partial<T>): T {
	return new Proxy(members as T, {
		get(target, name, receiver) {
			if (name in target || typeof name === 'symbol' || name === 'then') {
				return Reflect.get(target, name, receiver) as unknown;
			}
			throw new Error(`The node uses '${name}', which this context does not have`);
		},
	});
}
