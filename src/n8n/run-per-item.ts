import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { FleetError } from '../domain/errors';
import { toNodeError } from './node-error';

type Context = Pick<IExecuteFunctions, 'getInputData' | 'getNode' | 'continueOnFail'>;

/** A record that comes with files. */
export class ItemWithFiles {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

/** One record or several, each the `json` of an item of its own. */
export type ItemOutput = IDataObject | IDataObject[] | ItemWithFiles;

/**
 * Runs `work` for each input item in turn and pairs what it returns with that item. A failing item stops the node,
 * or becomes an item with `error` and `details` where the node is set to continue; the other items go through.
 */
export async function runPerItem(
	context: Context,
	work: (itemIndex: number) => Promise<ItemOutput>,
): Promise<INodeExecutionData[]> {
	const [output = []] = await runPerItemOnOutputs(context, 1, async (itemIndex) => [await work(itemIndex)]);
	return output;
}

/** The same for a node with several outputs; what fails goes to the first. */
export async function runPerItemOnOutputs(
	context: Context,
	outputs: number,
	work: (itemIndex: number) => Promise<readonly ItemOutput[]>,
): Promise<INodeExecutionData[][]> {
	const all = Array.from({ length: outputs }, (): INodeExecutionData[] => []);
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			const given = await work(itemIndex);
			given.forEach((output, index) => {
				for (const item of itemsOf(output, itemIndex)) all[index]?.push(item);
			});
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			all[0]?.push(failedItem(error, itemIndex));
		}
	}
	return all;
}

function itemsOf(output: ItemOutput, itemIndex: number): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if (output instanceof ItemWithFiles) return [{ json: output.json, binary: output.binary, pairedItem }];
	return [output].flat().map((json) => ({ json, pairedItem }));
}

/**
 * Runs `work` once for all input items, for nodes that take them as one batch; `work` pairs its items itself. When
 * it fails and the node is set to continue, the node's first output carries one failed item for each input item.
 */
export async function runPerBatch(
	context: Context,
	outputs: number,
	work: () => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	try {
		return await work();
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
		const failed = context.getInputData().map((_, itemIndex) => failedItem(error, itemIndex));
		return Array.from({ length: outputs }, (_, output) => (output === 0 ? failed : []));
	}
}

/** One input item that could not be processed, as data. n8n takes exactly these names to the error output. */
function failedItem(error: unknown, itemIndex: number): INodeExecutionData {
	const message = error instanceof Error ? error.message : String(error);
	const details = error instanceof FleetError ? { details: error.hint } : {};
	return { json: { error: message, ...details }, pairedItem: { item: itemIndex } };
}
