import type { INodeProperties, IDataObject } from 'n8n-workflow';
import type { ExportedList, ExportQuery } from '../app/exports/export-table';
import type { TableFormat } from '../app/ports/table-writer';
import { vehicleLocator } from './descriptions/locators';
import { rangeFilters, rangeOf, searchFilter, searchOf, vehicleFilter } from './filters';
import { loadRuntime } from './load-runtime';
import type { Operation, OperationInput } from './operation';
import { ItemWithFiles } from './run-per-item';

interface ExportTexts {
	/** In the plural, e.g. `vehicles`. */
	readonly records: string;
	/** What the search looks into, with an example. */
	readonly searched: readonly [what: string, placeholder: string];
	/** When what is between From and To, e.g. `was created`. */
	readonly happened: string;
	/** Whether an import takes the file back. */
	readonly isImportable?: boolean;
}

const formatField: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	noDataExpression: true,
	default: 'csv',
	options: [
		{ name: 'CSV', value: 'csv' },
		{ name: 'Excel', value: 'xlsx' },
		{ name: 'JSON', value: 'json' },
		{ name: 'NDJSON', value: 'ndjson', description: 'One object a line' },
	],
};

function optionsField({ searched, happened }: ExportTexts, isHistory: boolean): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Byte Order Mark',
				name: 'bom',
				type: 'boolean',
				default: true,
				description: 'Whether a CSV begins with the mark by which Excel knows UTF-8',
			},
			{
				displayName: 'Delimiter',
				name: 'delimiter',
				type: 'string',
				default: ',',
				description: 'Of a CSV: what stands between the cells',
			},
			...rangeFilters(happened),
			{
				displayName: 'IDs and Times of the Fleet',
				name: 'details',
				type: 'boolean',
				default: false,
				description: 'Whether the file has them, too; an import would not take them for what they are',
			},
			{
				displayName: 'Put Output File in Field',
				name: 'binaryField',
				type: 'string',
				default: 'data',
				description: 'The name of the binary field that gets the file',
			},
			searchFilter(...searched),
			...(isHistory ? [vehicleLocator({ required: false })] : []),
		],
	};
}

/** Writes a list as a file, which the item carries. */
export function exportOperation(list: ExportedList, texts: ExportTexts, value = 'export'): Operation {
	const { records, isImportable = false } = texts;
	const isHistory = list === 'statusHistory';
	return {
		value,
		name: isHistory ? 'Export History' : 'Export',
		action: isHistory ? 'Export history of statuses' : `Export ${records}`,
		description: `Write ${records} as a CSV, Excel or JSON file${isImportable ? ', which Fleet Import takes back as they are' : ''}`,
		fields: [formatField, optionsField(texts, isHistory)],
		async execute(input) {
			const { context, itemIndex, fleet } = input;
			const options = context.getNodeParameter('options', itemIndex, {});
			const format = context.getNodeParameter('format', itemIndex) as TableFormat;
			const { exportList, writeTable } = await loadRuntime();
			const { delimiter, bom } = options;
			const field = options.binaryField ? (options.binaryField as string) : 'data';
			const file = exportList({ fleet, writeTable }, await queryOf(input, list, options), {
				format,
				...(typeof delimiter === 'string' && delimiter !== '' ? { delimiter } : {}),
				...(typeof bom === 'boolean' ? { bom } : {}),
			});
			const { content, fileName, mimeType } = file;
			const binary = await context.helpers.prepareBinaryData(content, fileName, mimeType);
			return new ItemWithFiles({ fileName, mimeType }, { [field]: binary });
		},
	};
}

async function queryOf(
	input: OperationInput,
	list: ExportedList,
	options: IDataObject,
): Promise<ExportQuery> {
	const { vehicleId } = list === 'statusHistory' ? await vehicleFilter(input, options) : {};
	return {
		list,
		...searchOf(options),
		...rangeOf(input, options),
		...(vehicleId === undefined ? {} : { vehicleIds: [vehicleId] }),
		...(options.details === true ? { details: true } : {}),
	};
}
