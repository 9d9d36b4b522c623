import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { BlobNotFoundError } from '../../app/errors';
import { folderBlobStore } from './folder-blob-store';

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'fleet-blobs-'));
});
afterEach(async () => await rm(dir, { recursive: true }));

test('makes its folder, and keeps each file under its key', async () => {
	const folder = join(dir, 'made', 'when missing');
	const blobs = folderBlobStore(folder);
	const stored = await blobs.put('Fahrzeuge Nürnberg.csv', Readable.from(['vin\n']));
	expect(await readdir(folder)).toEqual([stored.key]);
	expect(await text(await blobs.open(stored.key))).toBe('vin\n');
});

test('keys that no put gave are not found, whatever they point at', async () => {
	await writeFile(join(dir, 'secret'), 'x');
	const blobs = folderBlobStore(join(dir, 'files'));
	const absent = '00000000-0000-0000-0000-000000000000';
	for (const key of ['../secret', `${absent}/../../secret`]) {
		await expect(blobs.open(key)).rejects.toThrow(BlobNotFoundError);
		expect(await blobs.remove(key)).toBe(false);
	}
	expect(await readdir(dir)).toEqual(['secret']);
});
