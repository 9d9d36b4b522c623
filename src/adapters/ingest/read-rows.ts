import { UnreadableFileError } from '../../app/errors';
import type { ReadRow, RowReader, SourceFile } from '../../app/ports/row-reader';
import { openArchive } from './archive';
import { openWithHead, type OpenedFile } from './byte-stream';
import { ACCEPTED, detectFormat } from './detect-format';
import { gunzipped } from './inflate';
import { readArchive } from './read-archive';
import { readCsv } from './read-csv';
import { readJson } from './read-json';
import { readNdjson } from './read-ndjson';
import type { Reading } from './reading';

/** The library for workbooks takes 13 MB, which other files need not. */
const workbooks = async () => ({
	...(await import('./read-workbook')),
	...(await import('./workbook-bytes')),
});

async function* readFile(file: SourceFile, reading: Reading): AsyncGenerator<ReadRow[]> {
	const opened = await openWithHead(file);
	try {
		const format = detectFormat(file.fileName, opened.head);
		if (format === 'csv') yield* readCsv(opened, reading);
		else if (format === 'json') yield* readJson(file, opened, reading);
		else if (format === 'ndjson') yield* readNdjson(opened, reading);
		else if (format === 'zip') yield* readZip(opened, reading);
		else if (format === 'xls') {
			const { readWorkbook, readXlsBytes } = await workbooks();
			yield* readWorkbook({ format, parse: await readXlsBytes(opened.content) }, reading);
		} else {
			opened.close();
			if (reading.packedIn !== null) refuseNested();
			yield* readFile(gunzipped(file), { ...reading, packedIn: 'gzip' });
		}
	} finally {
		opened.close();
	}
}

async function* readZip(opened: OpenedFile, reading: Reading): AsyncGenerator<ReadRow[]> {
	const archive = await openArchive(opened.content);
	try {
		const { readWorkbook, unpackWorkbook } = await workbooks();
		const workbook = await unpackWorkbook(archive);
		if (workbook) {
			yield* readWorkbook(workbook, reading);
			return;
		}
		if (reading.packedIn !== null) refuseNested();
		yield* readArchive(archive, { ...reading, packedIn: 'zip' }, readFile);
	} finally {
		await archive.close();
	}
}

function refuseNested(): never {
	throw new UnreadableFileError(
		'The file is compressed or an archive, inside of another one',
		`Unpack the outer one. ${ACCEPTED}`,
	);
}

/**
 * Reads files of all formats; see `RowReader`. Text and JSON are streamed and may be of any size, workbooks have
 * limits, archives are copied to a temporary file.
 */
export const readRows: RowReader = async function* (file, options = {}) {
	let rows = 0;
	let isTotalTold = false;
	const reading: Reading = {
		dialect: options.dialect ?? {},
		onDialect: options.onDialect ?? (() => undefined),
		onTotal(total) {
			isTotalTold = true;
			options.onTotal?.(total);
		},
		packedIn: null,
	};
	for await (const some of readFile(file, reading)) {
		rows += some.length;
		yield some;
	}
	if (!isTotalTold) options.onTotal?.(rows);
};
