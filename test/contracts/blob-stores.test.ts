import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { type BlobOptions, openBlobStore } from '../../src/adapters/blob/open-blob-store';
import { listObjects } from '../../src/adapters/s3/list-objects';
import { childrenOf, childText } from '../../src/adapters/s3/s3-answer';
import { s3Client } from '../../src/adapters/s3/s3-client';
import { BlobNotFoundError } from '../../src/app/errors';
import type { BlobStore } from '../../src/app/ports/blob-store';
import { describeWith, startS3 } from '../lib/services/s3';

interface Place {
	readonly options: BlobOptions;
	/** What is there, by any name. */
	names(): Promise<string[]>;
	clean(): Promise<void>;
}

async function folderPlace(): Promise<Place> {
	const path = await mkdtemp(join(tmpdir(), 'fleet-blobs-'));
	return {
		options: { kind: 'folder', path },
		names: async () => await readdir(path),
		clean: async () => await rm(path, { recursive: true }),
	};
}

async function s3Place(): Promise<Place> {
	const service = await startS3();
	const client = s3Client(service.options);
	return {
		options: { kind: 's3', ...service.options, prefix: 'kept/by the fleet/' },
		async names() {
			const uploads = await client.ask(
				{ method: 'GET', query: { uploads: '' } },
				'ListMultipartUploadsResult',
			);
			const names = childrenOf(uploads, 'Upload').map((upload) => `unfinished ${childText(upload, 'Key')}`);
			for await (const page of listObjects(client, '')) names.push(...page.map(({ key }) => key));
			return names;
		},
		clean: async () => await service.stop(),
	};
}

describe('blobs in a folder', () => suite(folderPlace));
describeWith('s3', 'blobs in S3', () => suite(s3Place));

function suite(open: () => Promise<Place>): void {
	let place: Place;
	let blobs: BlobStore;
	beforeAll(async () => {
		place = await open();
		blobs = openBlobStore(place.options);
	});
	afterAll(async () => await place.clean());

	test('gives back what was put, with its hash and size', async () => {
		const stored = await blobs.put('Fahrzeuge Nürnberg.csv', Readable.from([Buffer.from('vin\n'), 'ä']));
		expect(stored).toEqual({
			key: expect.stringMatching(/^[0-9a-f-]{36}-Fahrzeuge-N.*\.csv$/),
			sha256: createHash('sha256').update('vin\nä').digest('hex'),
			sizeBytes: 6,
		});
		expect(await text(await blobs.open(stored.key))).toBe('vin\nä');
		expect(await text(await blobs.open(stored.key))).toBe('vin\nä');
		expect(await blobs.remove(stored.key)).toBe(true);
	});

	const MB = 2 ** 20;
	test.each([0, 1, 8 * MB - 1, 8 * MB, 8 * MB + 1, 24 * MB, 25 * MB + 7])(
		'takes a stream of %i bytes, of which it does not know the length',
		async (size) => {
			const bytes = randomBytes(size);
			async function* pieces() {
				for (let at = 0; at < size; at += 1_000_003) yield bytes.subarray(at, at + 1_000_003);
			}
			const stored = await blobs.put('big.bin', Readable.from(pieces()));
			expect(stored.sizeBytes).toBe(size);
			expect(stored.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
			expect(bytes.equals(await buffer(await blobs.open(stored.key)))).toBe(true);
			await blobs.remove(stored.key);
			expect(await place.names()).toEqual([]);
		},
	);

	test.each([100_000, 20_000_000])('a put that fails after %i bytes leaves nothing', async (size) => {
		async function* breaking() {
			yield Buffer.alloc(size);
			throw new Error('the upload broke off');
		}
		await expect(blobs.put('a.csv', Readable.from(breaking()))).rejects.toThrow('the upload broke off');
		expect(await place.names()).toEqual([]);
	});

	test.each(['../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', '', '...', 'a\0b.csv', 'x'.repeat(500)])(
		'the name %j makes a key of its own',
		async (fileName) => {
			const { key } = await blobs.put(fileName, Readable.from(['x']));
			expect(await place.names()).toEqual([expect.stringMatching(new RegExp(`(^|/)${key}$`))]);
			expect(await text(await blobs.open(key))).toBe('x');
			expect(await blobs.remove(key)).toBe(true);
			expect(await blobs.remove(key)).toBe(false);
		},
	);

	test('keys that no put gave are not found', async () => {
		const absent = '00000000-0000-0000-0000-000000000000';
		for (const key of ['', 'secret', '../secret', `${absent}/../secret`, absent]) {
			await expect(blobs.open(key)).rejects.toThrow(BlobNotFoundError);
			expect(await blobs.remove(key)).toBe(false);
		}
	});

	test('a stream that is left half-way is closed, and can be opened anew', async () => {
		const { key } = await blobs.put('left.bin', Readable.from([Buffer.alloc(4 * MB, 1)]));
		const stream = await blobs.open(key);
		let seen = 0;
		for await (const chunk of stream) {
			seen += (chunk as Buffer).length;
			break;
		}
		expect(seen).toBeGreaterThan(0);
		expect(seen).toBeLessThan(4 * MB);
		expect(stream.destroyed).toBe(true);
		expect((await buffer(await blobs.open(key))).length).toBe(4 * MB);
		await blobs.remove(key);
	});
}
