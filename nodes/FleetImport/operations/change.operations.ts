import type { IDataObject } from 'n8n-workflow';
import { importFileOptions } from '../../../src/n8n/descriptions/import-file-options';
import { importLocator } from '../../../src/n8n/descriptions/locators';
import { awaitImport, type ImportDesk } from '../../../src/n8n/imports/await-import';
import { resumeChanges } from '../../../src/n8n/imports/import-options';
import { badRowsOutput, importOutput } from '../../../src/n8n/imports/import-output';
import { recordRef } from '../../../src/n8n/record-ref';
import { toOutput } from '../../../src/n8n/to-output';
import type { ImportOperation } from './import-operation';
import {
	badRowsOption,
	optionsField,
	waitField,
	waitMsOf,
	waitSecondsOption,
	type WaitOptions,
} from './waiting';

const showFor = (operation: string) => ({ operation: [operation] });
const refOf = ({ context, itemIndex }: ImportDesk) => recordRef(context, 'import', itemIndex);
const optionsOf = ({ context, itemIndex }: ImportDesk) =>
	context.getNodeParameter('options', itemIndex, {}) as WaitOptions;

export const cancel: ImportOperation = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel import',
		description: 'Stop an import that waits or runs; what it has taken stays until it is undone',
	},
	fields: [importLocator({ displayOptions: { show: showFor('cancel') } })],
	async execute(desk) {
		return [importOutput(await desk.runtime.records.cancelImport(desk.fleet, refOf(desk)))];
	},
};

export const resume: ImportOperation = {
	option: {
		name: 'Resume',
		value: 'resume',
		action: 'Resume import',
		description:
			'Queue an import again that has failed, was canceled or was undone; answers to what it asked go with it',
	},
	outputs: ['Imports', 'Bad Rows'],
	fields: [
		importLocator({ displayOptions: { show: showFor('resume') } }),
		{
			...importFileOptions,
			displayName: 'Changes',
			placeholder: 'Add Change',
			description: 'Answers to what the import asked, and other changes; all else stays as it was',
			displayOptions: { show: showFor('resume') },
		},
		waitField(showFor('resume')),
		optionsField(showFor('resume'), [badRowsOption, waitSecondsOption]),
	],
	async execute(desk) {
		const { context, itemIndex, fleet, runtime } = desk;
		const answers = context.getNodeParameter('fileOptions', itemIndex, {}) as IDataObject;
		const before = await runtime.records.getImport(fleet, refOf(desk));
		const queued = await runtime.records.resumeImport(
			fleet,
			{ id: before.id },
			resumeChanges(answers, before),
		);
		const options = optionsOf(desk);
		const waitMs = waitMsOf(context, itemIndex, options);
		const entry = await awaitImport(desk, queued, waitMs);
		const badRows = waitMs === 0 ? [] : await badRowsOutput(desk, [entry], options.badRows ?? 1000);
		return [importOutput(entry), badRows];
	},
};

export const undo: ImportOperation = {
	option: {
		name: 'Undo',
		value: 'undo',
		action: 'Undo import',
		description:
			'Take back what an import created and updated; what something newer has changed since is left, and listed',
	},
	outputs: ['Imports', 'Records Left'],
	fields: [
		importLocator({ displayOptions: { show: showFor('undo') } }),
		waitField(showFor('undo')),
		optionsField(showFor('undo'), [
			{
				...badRowsOption,
				displayName: 'Records Left',
				description: 'How many of the records that were left to output at most',
			},
			waitSecondsOption,
		]),
	],
	async execute(desk) {
		const { context, itemIndex, fleet, runtime } = desk;
		const options = optionsOf(desk);
		const requested = await runtime.records.requestUndo(fleet, refOf(desk));
		const entry = await awaitImport(desk, requested, waitMsOf(context, itemIndex, options));
		const page = { limit: options.badRows ?? 1000, offset: 0 };
		const left =
			entry.undoLeft > 0 ? await runtime.records.listKeptRecords(fleet, { id: entry.id }, page) : [];
		return [importOutput(entry), left.map((record) => toOutput({ importId: entry.id, ...record }))];
	},
};
