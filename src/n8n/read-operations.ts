import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { RecordRef } from '../app/records/record-ref';
import type { Operation, OperationInput } from './operation';
import { recordRef } from './record-ref';
import { toOutput } from './to-output';

/** An operation on the one record that `locator` names. */
export function recordOperation(
	texts: Pick<Operation, 'value' | 'name' | 'action' | 'description'>,
	locator: INodeProperties,
	use: (input: OperationInput, ref: RecordRef) => Promise<object>,
): Operation {
	return {
		...texts,
		fields: [locator],
		async execute(input) {
			return toOutput(await use(input, recordRef(input.context, locator.name, input.itemIndex)));
		},
	};
}

/** An operation that gives several items for the one record that `locator` names. */
export function recordListOperation(
	texts: Pick<Operation, 'value' | 'name' | 'action' | 'description'>,
	locator: INodeProperties,
	use: (input: OperationInput, ref: RecordRef) => Promise<readonly object[]>,
): Operation {
	return {
		...texts,
		fields: [locator],
		async execute(input) {
			return (await use(input, recordRef(input.context, locator.name, input.itemIndex))).map(toOutput);
		},
	};
}

export function getOperation(
	noun: string,
	locator: INodeProperties,
	use: (input: OperationInput, ref: RecordRef) => Promise<object>,
): Operation {
	const texts = { value: 'get', name: 'Get', action: `Get ${noun}`, description: `Retrieve one ${noun}` };
	return recordOperation(texts, locator, use);
}

/** `description` says what goes with the record, since that cannot be undone. */
export function deleteOperation(
	noun: string,
	description: string,
	locator: INodeProperties,
	use: (input: OperationInput, ref: RecordRef) => Promise<{ readonly id: number }>,
): Operation {
	const texts = { value: 'delete', name: 'Delete', action: `Delete ${noun}`, description };
	return recordOperation(texts, locator, async (input, ref) => {
		const { id } = await use(input, ref);
		return { id, deleted: true };
	});
}

export interface Page {
	/** Undefined for all. */
	readonly limit: number | undefined;
	readonly filters: IDataObject;
}

interface GetManyTexts extends Pick<Operation, 'value' | 'name' | 'action' | 'description'> {
	readonly filters: INodeProperties[];
	/** Fields before "Return All". */
	readonly before?: INodeProperties[];
}

/** "Return All", "Limit" and "Filters"; one item for each record. */
export function getManyOperation(
	{ filters, before = [], ...texts }: GetManyTexts,
	use: (input: OperationInput, page: Page) => Promise<readonly object[]>,
): Operation {
	return {
		...texts,
		fields: [...before, ...pageFields, ...(filters.length > 0 ? [filterField(filters)] : [])],
		async execute(input) {
			const { context, itemIndex } = input;
			const returnAll = context.getNodeParameter('returnAll', itemIndex, false);
			const limit = returnAll ? undefined : context.getNodeParameter('limit', itemIndex, 50);
			const given = context.getNodeParameter('filters', itemIndex, {});
			return (await use(input, { limit, filters: given })).map(toOutput);
		},
	};
}

const pageFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

const filterField = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options,
});
