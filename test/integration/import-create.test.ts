import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createImport } from '../../src/app/imports/create-import';
import { runImport } from '../../src/app/imports/run-import';
import { openImportBench, type ImportBench } from './import-lib';

let bench: ImportBench;
beforeEach(async () => {
	bench = await openImportBench();
});
afterEach(async () => await bench.close());

const CSV = 'VIN\n1M8GDM9AXKP042788\n';
const upload = (content: string, force = false) => ({
	...{ fileName: 'a.csv', content: Readable.from([content]), force },
	...({ recordType: 'vehicles', uploadedBy: null } as const),
});
const files = async () => await readdir(join(bench.dir, 'files'));

test('keeps the file and queues its import', async () => {
	const { import: entry, known } = await createImport(bench.deps, upload(CSV, true));
	expect(known).toBe(false);
	expect(entry).toMatchObject({
		...{ fileName: 'a.csv', state: 'pending', sizeBytes: 22, recordType: 'vehicles', uploadedBy: null },
		...{
			rowsDone: 0,
			createdAt: bench.now,
			startedAt: null,
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
		},
	});
	expect(await files()).toEqual([entry.blobKey]);
});

test('knows content that is imported or waits to be, and keeps no second copy of it', async () => {
	const first = await createImport(bench.deps, upload(CSV));
	expect(await createImport(bench.deps, upload(CSV))).toEqual({ import: first.import, known: true });
	const ended = await runImport(bench.deps);
	expect(await createImport(bench.deps, upload(CSV))).toEqual({ import: ended, known: true });
	expect(await files()).toHaveLength(1);
	expect((await createImport(bench.deps, upload(CSV, true))).known).toBe(false);
	expect((await createImport(bench.deps, upload(`${CSV}\n`))).known).toBe(false);
});

test('content whose import failed is taken anew', async () => {
	await createImport(bench.deps, upload('VIN,VIN\n'));
	expect(await runImport(bench.deps)).toMatchObject({ state: 'failed' });
	expect((await createImport(bench.deps, upload('VIN,VIN\n'))).known).toBe(false);
});

test('refuses an empty file and an upload that breaks off, and keeps nothing of them', async () => {
	await expect(createImport(bench.deps, upload('', true))).rejects.toThrow("The file 'a.csv' is empty");
	const content = new Readable({ read: () => void content.destroy(new Error('connection reset')) });
	await expect(createImport(bench.deps, { ...upload('', true), content })).rejects.toThrow(
		'connection reset',
	);
	expect(await files()).toEqual([]);
	expect(await bench.read(async ({ imports }) => await imports.count())).toBe(0);
});
