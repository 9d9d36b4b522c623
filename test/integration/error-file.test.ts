import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { read, utils, write } from 'xlsx';
import { writeRefused } from '../../src/adapters/export/write-refused';
import { readRows } from '../../src/adapters/ingest/read-rows';
import { BlobNotFoundError, NothingRefusedError, RecordNotFoundError } from '../../src/app/errors';
import { writeErrorFile } from '../../src/app/imports/write-error-file';
import { type ExportBench, openExportBench } from './export-lib';

let bench: ExportBench;
beforeEach(async () => {
	bench = await openExportBench();
});
afterEach(async () => await bench.close());

async function errorFile(id: number): Promise<{ fileName: string; bytes: Buffer }> {
	const { fleet, blobs } = bench;
	const { fileName, content } = await writeErrorFile({ fleet, blobs, readRows, writeRefused }, id);
	return { fileName, bytes: await buffer(content) };
}

const VINS = ['WVWZZZ1JZXW000001', 'NOT A VIN', 'WVWZZZ1JZXW000003'];

test('the bad rows of a CSV come back with their reasons, and are taken once they are mended', async () => {
	const csv = `VIN;Name;Year\r\n${VINS[0]};=1+1;2020\r\n${VINS[1]};"Größe; ""x""";2021\r\n${VINS[2]};zu;viele;Zellen\r\n`;
	const { ended, errors } = await bench.import('Flotte.csv', Buffer.from(csv, 'latin1'), 'vehicles');
	expect(ended).toMatchObject({ state: 'done', rowsCreated: 1, rowsFailed: 2 });
	const { fileName, bytes } = await errorFile(ended.id);
	expect(fileName).toBe('Flotte-errors.csv');
	const lines = bytes.toString('latin1').trimEnd().split('\r\n');
	expect(lines).toEqual([
		'Import error;VIN;Name;Year',
		expect.stringMatching(/^.+;NOT A VIN;"Größe; ""x""";2021$/),
		expect.stringMatching(/^.+;WVWZZZ1JZXW000003;zu;viele;Zellen$/),
	]);
	expect(lines[1]).toContain(errors[0]?.message.slice(0, 20));
	const mended = lines
		.join('\r\n')
		.replace(';NOT A VIN;', ';WVWZZZ1JZXW000002;')
		.replace(';Zellen', '')
		.replace('viele', '2022');
	const again = await bench.import('mended.csv', Buffer.from(mended, 'latin1'), 'vehicles');
	expect([again.ended, again.errors]).toEqual([
		expect.objectContaining({ rowsCreated: 2, rowsFailed: 0 }),
		[],
	]);
	const vehicles = await bench.read(async (session) => await session.vehicles.find());
	expect(vehicles.map(({ name, attributes }) => [name, attributes])).toEqual([
		['=1+1', {}],
		['Größe; "x"', {}],
		['zu', {}],
	]);
});

test('of several lists each row stands in its own, with the reason for it and for no other', async () => {
	const json = {
		customers: [{ externalId: 'C1', name: 'Acme' }, { phone: '1' }],
		vehicles: [{ vin: VINS[1] }, { vin: VINS[0] }, { vin: 'ALSO BAD' }],
	};
	const { ended } = await bench.import('fleet.json.gz', gzipSync(JSON.stringify(json)));
	expect(ended).toMatchObject({ state: 'done', rowsFailed: 3 });
	const { fileName, bytes } = await errorFile(ended.id);
	expect(fileName).toBe('fleet-errors.json');
	expect(JSON.parse(bytes.toString().replace('\ufeff', ''))).toEqual({
		customers: [{ 'Import error': expect.stringContaining('name'), phone: '1' }],
		vehicles: [
			{ 'Import error': expect.stringContaining('VIN'), vin: VINS[1] },
			{ 'Import error': expect.stringContaining('VIN'), vin: 'ALSO BAD' },
		],
	});
});

test('the bad rows of a workbook come back in a workbook', async () => {
	const sheet = utils.aoa_to_sheet([
		['VIN', 'Name', 'Year'],
		...VINS.map((vin, at) => [vin, '007', 2020 + at]),
	]);
	const bytes = write(utils.book_new(sheet, 'Cars'), { type: 'buffer', bookType: 'xlsx' }) as Buffer;
	const { ended } = await bench.import('cars.xlsx', bytes, 'vehicles');
	const file = await errorFile(ended.id);
	expect(file.fileName).toBe('cars-errors.xlsx');
	const book = read(file.bytes);
	expect(book.SheetNames).toEqual(['Cars']);
	expect(utils.sheet_to_json(book.Sheets.Cars ?? {}, { header: 1 })).toEqual([
		['Import error', 'VIN', 'Name', 'Year'],
		[expect.stringContaining('VIN'), 'NOT A VIN', '007', 2021],
	]);
});

test('many bad rows far into a file are found, a page at a time', async () => {
	const rows = Array.from({ length: 12_000 }, (_, at) => (at < 1_000 ? `id${at},2020` : `id${at},x`));
	const { ended } = await bench.import(
		'long.csv',
		Buffer.from(`external id,year\n${rows.join('\n')}\n`),
		'vehicles',
	);
	expect(ended).toMatchObject({ state: 'done', rowsCreated: 1_000, rowsFailed: 11_000 });
	const lines = (await errorFile(ended.id)).bytes.toString().trimEnd().split('\r\n');
	expect(lines).toHaveLength(11_001);
	expect(lines.slice(1).every((line, at) => line.endsWith(`,id${at + 1_000},x`))).toBe(true);
});

test('an import that stopped at too many bad rows gives those that it saw', async () => {
	const rows = Array.from({ length: 150 }, (_, at) => `id${at},${at < 50 ? 'x' : 2020}`);
	const csv = Buffer.from(`external id,year\n${rows.join('\n')}\n`);
	const { ended } = await bench.import('stopped.csv', csv, 'vehicles');
	expect(ended).toMatchObject({ state: 'failed', rowsDone: 0, rowsFailed: 0 });
	const lines = (await errorFile(ended.id)).bytes.toString().trimEnd().split('\r\n');
	expect(lines).toHaveLength(51);
	expect(lines.slice(1).every((line, at) => line.endsWith(`,id${at},x`))).toBe(true);
});

test('what cannot be made is said', async () => {
	await expect(errorFile(7)).rejects.toThrow(RecordNotFoundError);
	const good = await bench.import('good.csv', Buffer.from(`vin\n${VINS[0]}\n`), 'vehicles');
	await expect(errorFile(good.ended.id)).rejects.toThrow(NothingRefusedError);
	const bad = await bench.import('bad.csv', Buffer.from(`vin\n${VINS[1]}\n`), 'vehicles');
	await bench.blobs.remove(bad.ended.blobKey);
	await expect(errorFile(bad.ended.id)).rejects.toThrow(BlobNotFoundError);
});
