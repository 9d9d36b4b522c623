import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { importOutput } from '../../../src/n8n/imports/import-output';
import { answerImportPage, importPage } from '../../../src/n8n/imports/pages/import-pages';
import type { ImportOperation } from './import-operation';

const show = { operation: ['getPage'] };

/** Of a field of type JSON, which an expression gives as an object. */
function jsonOf(given: unknown): IDataObject {
	return (typeof given === 'string' ? JSON.parse(given) : given) as IDataObject;
}

const pageFields: INodeProperties[] = [
	{
		displayName: 'Import IDs',
		name: 'ids',
		type: 'string',
		default: '',
		placeholder: 'e.g. 42',
		description: 'One, or several separated by commas, for a list; left empty, the newest',
		displayOptions: { show },
	},
	{
		displayName: 'Preview',
		name: 'withPreview',
		type: 'boolean',
		default: false,
		description: 'Whether the page of an import that has not begun tells what it would do',
		displayOptions: { show },
	},
	{
		displayName: 'Preview Answers',
		name: 'previewAnswers',
		type: 'json',
		default: '{}',
		description: 'What was asked by the preview before: <code>dateOrder</code>, <code>decimalMark</code>',
		displayOptions: { show: { ...show, withPreview: [true] } },
	},
	{
		displayName: 'Problem',
		name: 'problem',
		type: 'string',
		default: '',
		description: 'Told at the top of the page: why something could not be done',
		displayOptions: { show },
	},
];

export const getPage: ImportOperation = {
	option: {
		name: 'Get Page',
		value: 'getPage',
		action: 'Get page of import',
		description:
			'The progress of an import as a web page with buttons, which a Respond to Webhook node shows to people',
	},
	fields: pageFields,
	async execute(desk) {
		const { context, itemIndex } = desk;
		const html = await importPage(desk, {
			ids: `${context.getNodeParameter('ids', itemIndex, '') as string | number}`,
			preview: context.getNodeParameter('withPreview', itemIndex, false) as boolean,
			answers: jsonOf(context.getNodeParameter('previewAnswers', itemIndex, {})),
			problem: context.getNodeParameter('problem', itemIndex, '') as string,
		});
		return [{ html }];
	},
};

export const answerPage: ImportOperation = {
	option: {
		name: 'Answer Page',
		value: 'answerPage',
		action: 'Answer page of import',
		description: "Does what a button of an import's page asks for",
	},
	fields: [
		{
			displayName: 'Answer',
			name: 'answer',
			type: 'json',
			default: '={{ $json.body }}',
			description: 'What the page sent',
			displayOptions: { show: { operation: ['answerPage'] } },
		},
	],
	async execute(desk) {
		const answer = jsonOf(desk.context.getNodeParameter('answer', desk.itemIndex, {}));
		const entry = await answerImportPage(desk, answer);
		return [entry ? importOutput(entry) : { id: null, deleted: true }];
	},
};
