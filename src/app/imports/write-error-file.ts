import { setImmediate as giveWay } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { Import, ImportRowError } from '../../domain/import';
import { NothingRefusedError, RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { BlobStore } from '../ports/blob-store';
import type { RefusedRow, RefusedRowsWriter } from '../ports/refused-rows';
import type { ReadRow, RowReader } from '../ports/row-reader';

export interface ErrorFileDeps {
	readonly fleet: Fleet;
	readonly blobs: BlobStore;
	readonly readRows: RowReader;
	readonly writeRefused: RefusedRowsWriter;
}

export interface ErrorFile {
	readonly fileName: string;
	readonly content: Readable;
}

const ERRORS_AT_ONCE = 5_000;

/**
 * The rows that the import refused, as they stood in its file and with what is wrong with them, in the file's format:
 * to be mended and uploaded. Reads the file once more; memory does not grow with it, nor with the errors.
 * Rejects with `RecordNotFoundError`, `NothingRefusedError` or `BlobNotFoundError`.
 */
export async function writeErrorFile(deps: ErrorFileDeps, importId: number): Promise<ErrorFile> {
	const { record, first } = await deps.fleet.store.read(async ({ imports }) => ({
		record: await imports.get(importId),
		first: await imports.errors(importId, { limit: 1, offset: 0 }),
	}));
	if (!record) throw new RecordNotFoundError('import', importId);
	const { plan, blobKey, fileName } = record;
	// Of an import that stopped at too many bad rows no row counts as refused, as none is decided.
	if (!plan || first.length === 0) throw new NothingRefusedError(importId);
	// Says at once that the file is gone, and not in the middle of an answer.
	(await deps.blobs.open(blobKey)).destroy();
	const { extension, content } = deps.writeRefused(plan.dialect, refusedRows(deps, record, plan.dialect));
	const base = fileName.replace(/\.gz$/i, '').replace(/\.[^./\\]*$/, '');
	return { fileName: `${base}-errors.${extension}`, content };
}

async function* refusedRows(
	{ fleet, blobs, readRows }: ErrorFileDeps,
	{ id, fileName, blobKey }: Import,
	dialect: NonNullable<Import['plan']>['dialect'],
): AsyncGenerator<RefusedRow[]> {
	const file = { fileName, open: async () => await blobs.open(blobKey) };
	let reasons = null as Reasons | null;
	for await (const rows of readRows(file, { dialect })) {
		const refused: RefusedRow[] = [];
		for (const read of rows) {
			const { row, list } = read.ok ? read.row : read.error;
			if (reasons?.list !== list || row < reasons.lastRow) {
				reasons = new Reasons(fleet, id, list, reasons?.isText ?? false);
			}
			if (read.ok) reasons.isText = read.row.isText;
			const found = await reasons.of(row);
			if (found.length > 0) refused.push(toRefused(read, list, found.join(' '), reasons.isText));
		}
		if (refused.length > 0) yield refused;
		// The rest of the process works, too, while a large file is read.
		await giveWay();
	}
}

function toRefused(read: ReadRow, list: string | null, reason: string, isText: boolean): RefusedRow {
	const { columns, cells } = read.ok ? read.row : read;
	return { list, columns, cells, isWhole: read.ok, isText, reason };
}

/** What is wrong with the rows of one list, which are asked for in their order: both are read side by side. */
class Reasons {
	lastRow = 0;
	private page: readonly ImportRowError[] = [];
	private at = 0;
	private isOver = false;

	constructor(
		private readonly fleet: Fleet,
		private readonly importId: number,
		readonly list: string | null,
		/** Of rows that cannot be told apart: like the ones before. */
		public isText: boolean,
	) {}

	async of(row: number): Promise<string[]> {
		this.lastRow = row;
		const reasons: string[] = [];
		for (;;) {
			const error = this.page[this.at];
			if (error === undefined) {
				if (this.isOver || reasons.length > 0) return reasons;
				await this.turnTo(row);
			} else {
				if (error.row > row) return reasons;
				if (error.row === row) reasons.push(describe(error));
				this.at++;
			}
		}
	}

	private async turnTo(row: number): Promise<void> {
		const from = { list: this.list, row };
		this.page = await this.fleet.store.read(
			async ({ imports }) => await imports.errorsFrom(this.importId, from, ERRORS_AT_ONCE),
		);
		this.isOver = this.page.length < ERRORS_AT_ONCE;
		this.at = 0;
	}
}

const describe = ({ column, message }: ImportRowError) => {
	const isNamed = column === null || message.startsWith(`${column}: `);
	const sentence = isNamed ? message : `${column}: ${message}`;
	return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
};
