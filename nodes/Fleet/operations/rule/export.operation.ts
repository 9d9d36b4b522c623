import type { Operation } from '../../../../src/n8n/operation';

export const exportRules: Operation = {
	value: 'export',
	name: 'Export',
	action: 'Export rules',
	description: 'Write all rules, and the geofences that they name, as a file that people and git can read',
	fields: [
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			noDataExpression: true,
			default: 'yaml',
			options: [
				{ name: 'JSON', value: 'json' },
				{ name: 'YAML', value: 'yaml' },
			],
		},
	],
	async execute({ context, itemIndex, fleet, records }) {
		const format = context.getNodeParameter('format', itemIndex) as 'json' | 'yaml';
		const { text, count, skipped } = await records.exportRules(fleet, { format });
		for (const { name, reason, hint } of skipped) {
			const message = `'${name}' is not in the file: ${reason}. ${hint}`;
			context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
		}
		return { fileName: `rules.rule.${format}`, count, text, skipped: skipped.map((one) => ({ ...one })) };
	},
};
