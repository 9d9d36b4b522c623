import { fileSourceFields } from '../../../../src/n8n/descriptions/file-source';
import { filesOfItem, textOf } from '../../../../src/n8n/input-files';
import type { Operation, OperationInput } from '../../../../src/n8n/operation';
import { toOutput } from '../../../../src/n8n/to-output';

export const importRules: Operation = {
	value: 'import',
	name: 'Import',
	action: 'Import rules',
	description:
		'Take rules and geofences from a rule file: those with a name that is there are updated, the others created, and what is wrong is told with its place',
	fields: [
		...fileSourceFields({
			name: 'Text',
			value: 'text',
			description: 'YAML or JSON that is entered here or comes by an expression',
		}),
		{
			displayName: 'Rule File',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 10 },
			default: '',
			displayOptions: { show: { source: ['text'] } },
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to tell only what would be done',
		},
	],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		const dryRun = context.getNodeParameter('dryRun', itemIndex, false) as boolean;
		const outcomes = [];
		for (const { fileName, text } of await textsOf(input)) {
			const outcome = await records.importRules(fleet, text, { dryRun });
			outcomes.push(toOutput({ ...(fileName === null ? {} : { fileName }), ...outcome }));
		}
		return outcomes;
	},
};

async function textsOf({
	context,
	itemIndex,
}: OperationInput): Promise<{ fileName: string | null; text: string }[]> {
	if (context.getNodeParameter('source', itemIndex) === 'text') {
		return [{ fileName: null, text: context.getNodeParameter('text', itemIndex) as string }];
	}
	const texts = [];
	for (const file of filesOfItem(context, itemIndex)) {
		texts.push({ fileName: file.fileName, text: await textOf(file) });
	}
	return texts;
}
