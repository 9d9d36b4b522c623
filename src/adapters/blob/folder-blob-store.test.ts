import { createHash } from 'node:crypto';
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

test('gives back what was put, with its hash and size', async () => {
	const blobs = folderBlobStore(join(dir, 'made', 'when missing'));
	const stored = await blobs.put('Fahrzeuge Nürnberg.csv', Readable.from([Buffer.from('vin\n'), 'ä']));
	expect(stored).toEqual({
		key: expect.stringMatching(/^[0-9a-f-]{36}-Fahrzeuge-N.*\.csv$/),
		sha256: createHash('sha256').update('vin\nä').digest('hex'),
		sizeBytes: 6,
	});
	expect(await text(await blobs.open(stored.key))).toBe('vin\nä');
	expect(await readdir(join(dir, 'made', 'when missing'))).toEqual([stored.key]);
});

test('a put that fails half-way leaves nothing', async () => {
	const blobs = folderBlobStore(dir);
	async function* breaking() {
		yield Buffer.alloc(100_000);
		throw new Error('the upload broke off');
	}
	await expect(blobs.put('a.csv', Readable.from(breaking()))).rejects.toThrow('the upload broke off');
	expect(await readdir(dir)).toEqual([]);
});

test.each(['../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', '', '...', 'a\0b.csv', 'x'.repeat(500)])(
	'the name %j makes a key that stays in the folder',
	async (fileName) => {
		const blobs = folderBlobStore(join(dir, 'files'));
		const { key } = await blobs.put(fileName, Readable.from(['x']));
		expect(await readdir(join(dir, 'files'))).toEqual([key]);
		expect(await text(await blobs.open(key))).toBe('x');
		expect(await blobs.remove(key)).toBe(true);
		expect(await blobs.remove(key)).toBe(false);
	},
);

test('keys that no put gave are not found, whatever they point at', async () => {
	await writeFile(join(dir, 'secret'), 'x');
	const blobs = folderBlobStore(join(dir, 'files'));
	const absent = '00000000-0000-0000-0000-000000000000';
	for (const key of ['../secret', `${absent}/../../secret`, 'secret', absent]) {
		await expect(blobs.open(key)).rejects.toThrow(BlobNotFoundError);
		expect(await blobs.remove(key)).toBe(false);
	}
	expect(await readdir(dir)).toEqual(['secret']);
});
