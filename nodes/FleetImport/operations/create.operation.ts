import { importMappingFields } from '../../../src/n8n/descriptions/import-mapping';
import { importSourceFields } from '../../../src/n8n/descriptions/import-sources';
import { importOptions, recordTypeOf } from '../../../src/n8n/imports/import-options';
import { createImports } from '../../../src/n8n/imports/create-imports';
import type { ImportDesk } from '../../../src/n8n/imports/await-import';
import { badRowsOutput, importOutput } from '../../../src/n8n/imports/import-output';
import type { FoundFile } from '../../../src/n8n/imports/sources/found-file';
import { filesOfFolder } from '../../../src/n8n/imports/sources/folder';
import { filesOfAddress, filesOfBucket } from '../../../src/n8n/imports/sources/remote';
import { filesOfItem } from '../../../src/n8n/input-files';
import type { ImportOperation } from './import-operation';
import {
	badRowsOption,
	optionsField,
	waitField,
	waitMsOf,
	waitSecondsOption,
	type WaitOptions,
} from './waiting';

const show = { operation: ['create'] };

interface CreateOptions extends WaitOptions {
	readonly fileName?: string;
	readonly force?: boolean;
	readonly hold?: boolean;
	readonly idempotencyKey?: string;
	readonly uploadedBy?: string;
}

export const create: ImportOperation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create import',
		description: 'Keep the file and queue its import; answers at once with the ID of the import',
	},
	outputs: ['Imports', 'Bad Rows'],
	fields: [
		...importSourceFields(show),
		...importMappingFields(show),
		waitField(show),
		optionsField(show, [
			badRowsOption,
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. vehicles.csv',
				description:
					'For a binary field that carries none; its ending tells the format where the content does not',
			},
			{
				displayName: 'Hold',
				name: 'hold',
				type: 'boolean',
				default: false,
				description: 'Whether it waits, canceled, until it is resumed, so that a person can look at it first',
			},
			{
				displayName: 'Idempotency Key',
				name: 'idempotencyKey',
				type: 'string',
				default: '',
				placeholder: 'e.g. delivery-2026-03-01',
				description: 'Sent again with the same key, a file is not imported again; another file is refused',
			},
			{
				displayName: 'Import Again',
				name: 'force',
				type: 'boolean',
				default: false,
				description:
					'Whether to import a file, too, whose very content was imported before in the same way. Otherwise the output is the earlier import, with known: true; of a folder, a bucket or a URL it is left out.',
			},
			{
				displayName: 'Uploaded By',
				name: 'uploadedBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. ada@example.com',
			},
			waitSecondsOption,
		]),
	],
	async execute(desk) {
		const { context, itemIndex } = desk;
		const options = context.getNodeParameter('options', itemIndex, {}) as CreateOptions;
		const get = (name: string, fallback: unknown) =>
			context.getNodeParameter(name, itemIndex, fallback) as unknown;
		const waitMs = waitMsOf(context, itemIndex, options);
		const recordType = recordTypeOf(get);
		const force = options.force ?? false;
		const taken = await createImports(desk, await filesOf(desk, force, options.fileName), {
			...{ recordType, options: importOptions(get), force, waitMs },
			uploadedBy: options.uploadedBy || null,
			idempotencyKey: options.idempotencyKey?.trim() || null,
			onlyNew: context.getNodeParameter('source', itemIndex) !== 'binary',
			hold: options.hold ?? false,
		});
		const entries = taken.map(({ entry }) => entry);
		return [
			taken.map(({ entry, known }) => ({ ...importOutput(entry), known })),
			waitMs === 0 ? [] : await badRowsOutput(desk, entries, options.badRows ?? 1000),
		];
	},
};

async function filesOf(
	desk: ImportDesk,
	force: boolean,
	fileName: string | undefined,
): Promise<Iterable<FoundFile> | AsyncIterable<FoundFile>> {
	const { context, itemIndex } = desk;
	const text = (name: string) => context.getNodeParameter(name, itemIndex, '') as string;
	switch (text('source')) {
		case 'folder':
			return await filesOfFolder(context, text('folder'), text('afterImport') === 'move');
		case 'url':
			return await filesOfAddress(desk, { url: text('url'), headers: headersOf(desk), force });
		case 's3':
			return filesOfBucket(desk, text('prefix').trim());
		default:
			return filesOfItem(context, itemIndex, fileName).map((file) => ({
				...file,
				origin: null,
				version: null,
			}));
	}
}

function headersOf({ context, itemIndex }: ImportDesk): Record<string, string> {
	const rows = context.getNodeParameter('headers.header', itemIndex, []) as readonly {
		readonly name?: string;
		readonly value?: string;
	}[];
	const given = rows.map(({ name = '', value = '' }) => [name.trim(), value] as const);
	return Object.fromEntries(given.filter(([name]) => name !== ''));
}
