import { importLocator } from '../../../src/n8n/descriptions/locators';
import { badRowsOutput, importOutput } from '../../../src/n8n/imports/import-output';
import { runWaitingImports } from '../../../src/n8n/imports/run-waiting-imports';
import { workOn } from '../../../src/n8n/imports/await-import';
import { recordRef } from '../../../src/n8n/record-ref';
import type { ImportOperation } from './import-operation';
import { badRowsOption, optionsField, type WaitOptions } from './waiting';

const show = { operation: ['run'] };

export const run: ImportOperation = {
	option: {
		name: 'Run',
		value: 'run',
		action: 'Run imports',
		description:
			'Take queued files into the fleet, and take back those that are to be undone; one that was interrupted goes on where it stopped',
	},
	outputs: ['Imports', 'Bad Rows'],
	fields: [
		{
			displayName: 'Imports',
			name: 'which',
			type: 'options',
			noDataExpression: true,
			default: 'waiting',
			options: [
				{ name: 'All That Wait', value: 'waiting', description: 'Queued or interrupted ones, oldest first' },
				{ name: 'One Import', value: 'one' },
			],
			displayOptions: { show },
		},
		importLocator({ displayOptions: { show: { ...show, which: ['one'] } } }),
		optionsField(show, [badRowsOption]),
	],
	async execute(desk) {
		const { context, itemIndex, fleet, runtime } = desk;
		const { badRows = 1000 } = context.getNodeParameter('options', itemIndex, {}) as WaitOptions;
		const isOne = context.getNodeParameter('which', itemIndex) === 'one';
		const ended = isOne
			? [
					await workOn(desk, await runtime.records.getImport(fleet, recordRef(context, 'import', itemIndex))),
				].filter((entry) => entry !== null)
			: await runWaitingImports(desk);
		return [ended.map(importOutput), await badRowsOutput(desk, ended, badRows)];
	},
};
