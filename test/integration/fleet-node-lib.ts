import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	ResourceMapperField,
	ResourceMapperFields,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { Fleet } from '../../nodes/Fleet/Fleet.node';
import { FleetRules } from '../../nodes/FleetRules/FleetRules.node';
import { closeStores } from '../../src/n8n/runtime';
import { executeNode, loadOptionsContext, type NodeRun, type NodeSetup } from '../lib/node-context';

export const VIN = '1M8GDM9AXKP042788';

export interface FleetNode {
	/** Where its `fleet.sqlite` is. */
	readonly folder: string;
	run(setup: Omit<NodeSetup, 'node' | 'credentials'>): Promise<NodeRun>;
	/** The `json` of the first output's items. */
	json(parameters: INodeParameters, items?: IDataObject[]): Promise<IDataObject[]>;
	items(parameters: INodeParameters, items?: IDataObject[]): Promise<INodeExecutionData[]>;
	search(method: string, filter?: string, token?: string): Promise<IDataObject>;
	options(method: string): Promise<unknown>;
	/** Takes one status message as a feed does, and returns what fired, cleared and was rejected. */
	report(message: IDataObject): Promise<readonly INodeExecutionData[][]>;
	/** What a mapper shows for these parameters: its fields, or the notice that it shows without any. */
	fields(method: string, parameters: INodeParameters): Promise<ResourceMapperField[]>;
	notice(method: string, parameters: INodeParameters): Promise<string | undefined>;
}

/** The Fleet node on a SQLite store of its own, which is gone after the tests of the file. */
export function fleetNode(): FleetNode {
	const folder = mkdtempSync(join(tmpdir(), 'fleet-node-'));
	const node = new Fleet();
	const credentials = { fleetStoreApi: { storeType: 'sqlite', path: join(folder, 'fleet.sqlite') } };
	const context = (parameters?: INodeParameters) => loadOptionsContext({ node, credentials, parameters });
	const mapped = async (method: string, parameters: INodeParameters) => {
		const ofNode: Readonly<Record<string, (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>>> =
			node.methods.resourceMapping;
		const answer = await ofNode[method]?.call(context(parameters));
		if (answer === undefined) throw new Error(`The node has no method '${method}'`);
		return answer;
	};

	afterAll(async () => {
		await closeStores();
		rmSync(folder, { recursive: true });
	});

	const run: FleetNode['run'] = async (setup) => await executeNode({ ...setup, node, credentials });
	const items: FleetNode['items'] = async (parameters, input) =>
		(await run({ parameters, ...(input ? { items: input } : {}) })).outputs[0] ?? [];
	return {
		folder,
		run,
		items,
		json: async (parameters, input) => (await items(parameters, input)).map(({ json }) => json),
		search: async (method, filter, token) => {
			const search = node.methods.listSearch[method as keyof typeof node.methods.listSearch];
			return { ...(await search.call(context(), filter, token)) };
		},
		fields: async (method, parameters) => (await mapped(method, parameters)).fields,
		notice: async (method, parameters) => (await mapped(method, parameters)).emptyFieldsNotice,
		options: async (method) =>
			await node.methods.loadOptions[method as keyof typeof node.methods.loadOptions].call(context()),
		report: async (message) => {
			const parameters = { operation: 'process', feed: 'test' };
			return (await executeNode({ parameters, items: [message], node: new FleetRules(), credentials }))
				.outputs;
		},
	};
}

export const byId = (value: number | string) => ({ __rl: true, mode: 'id', value });
export const byKey = (value: string) => ({ __rl: true, mode: 'key', value });
