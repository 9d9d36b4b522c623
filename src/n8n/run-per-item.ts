import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { FleetError } from '../domain/errors';
import { toNodeError } from './node-error';

type Context = Pick<IExecuteFunctions, 'getInputData' | 'getNode' | 'continueOnFail'>;

/** One record or several, each the `json` of an item of its own. */
export type ItemOutput = IDataObject | IDataObject[];

/**
 * Runs `work` for each input item in turn and pairs what it returns with that item. A failing item stops the node,
 * or becomes an item with `error` and `details` where the node is set to continue; the other items go through.
 */
export async function runPerItem(
	context: Context,
	work: (itemIndex: number) => Promise<ItemOutput>,
): Promise<INodeExecutionData[]> {
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			const records = [await work(itemIndex)].flat();
			output.push(...records.map((json) => ({ json, pairedItem: { item: itemIndex } })));
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			output.push(failedItem(error, itemIndex));
		}
	}
	return output;
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
