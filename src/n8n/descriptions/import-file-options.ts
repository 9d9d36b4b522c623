import type { INodeProperties } from 'n8n-workflow';

/** How dates and numbers of a file, or of one column, are read. */
export const readingOptions: INodeProperties[] = [
	{
		displayName: 'Dates Are Written',
		name: 'dateOrder',
		type: 'options',
		default: 'dayFirst',
		description: 'Without it the values tell; where they leave it open, the import asks',
		options: [
			{ name: 'As the Values Tell', value: '' },
			{ name: 'Day First', value: 'dayFirst', description: 'E.g. 31.12.2026 or 31/12/2026' },
			{ name: 'Month First', value: 'monthFirst', description: 'E.g. 12/31/2026' },
			{ name: 'Year First', value: 'yearFirst', description: 'E.g. 2026-12-31' },
		],
	},
	{
		displayName: 'Decimals Are Separated By',
		name: 'decimalMark',
		type: 'options',
		default: 'comma',
		description: 'Without it the values tell; where they leave it open, the import asks',
		options: [
			{ name: 'As the Values Tell', value: '' },
			{ name: 'A Comma', value: 'comma', description: 'E.g. 1.234,5' },
			{ name: 'A Point', value: 'point', description: 'E.g. 1,234.5' },
		],
	},
];

/** Answers to an import's questions, and limits: what can be changed when it is resumed. */
export const answerOptions: INodeProperties[] = [
	...readingOptions,
	{
		displayName: 'Delimiter',
		name: 'delimiter',
		type: 'string',
		default: ';',
		description: 'Of a CSV file: what stands between the cells; \\t for a tab. Without it, it is found out.',
	},
	{
		displayName: 'Encoding',
		name: 'encoding',
		type: 'string',
		default: 'windows-1252',
		placeholder: 'e.g. windows-1252',
		description: 'Of a text file: utf-8, utf-16le, windows-1252, ... Without it, it is found out.',
	},
	{
		displayName: 'Header Row',
		name: 'headerRow',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1,
		description:
			'Which row names the columns, counted from 1; 0: none does, and they are called Column 1, Column 2, ... Without it, it is found out.',
	},
	{
		displayName: 'List Path',
		name: 'listPath',
		type: 'string',
		default: '',
		placeholder: 'e.g. data.items',
		description: 'Of a JSON file: where its list lies. Without it, the lists are found by their names.',
	},
	{
		displayName: 'Sheet',
		name: 'sheet',
		type: 'string',
		default: '',
		placeholder: 'e.g. Vehicles',
		description: 'Of a workbook: which of its sheets. Without it, the first.',
	},
	{
		displayName: 'Stop at Bad Rows (%)',
		name: 'stopAtBadPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 20,
		description:
			'When more of the first 1,000 rows are bad, nothing is taken: the file is probably not what it was taken for. Files of less than 100 rows are never stopped. 100: never stop.',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		description: 'Of days and times that name none; without it, UTC',
	},
];

export const importFileOptions: INodeProperties = {
	displayName: 'File Options',
	name: 'fileOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'How the file is read, where it is not to be found out',
	options: answerOptions,
};
