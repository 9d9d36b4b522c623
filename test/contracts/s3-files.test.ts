import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { s3BlobStore } from '../../src/adapters/blob/s3-blob-store';
import { s3Files } from '../../src/adapters/remote/s3-files';
import { checkS3 } from '../../src/adapters/s3/check-s3';
import { putObject } from '../../src/adapters/s3/put-object';
import { s3Client } from '../../src/adapters/s3/s3-client';
import type { FileServerError } from '../../src/app/errors';
import type { RemoteFile } from '../../src/app/ports/remote-files';
import { makeCertificate } from '../lib/services/certificate';
import { freePort } from '../lib/services/child-service';
import { describeWith, type S3Service, startS3 } from '../lib/services/s3';

async function listen(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/** A network that cuts each connection after so many bytes of its answers, as long as `cuts` lasts. */
async function cuttingProxy(target: { host: string; port: number }, bytes: number, cuts: number) {
	let cutsLeft = cuts;
	const server = createServer((client) => {
		let left = bytes;
		const upstream = connect(target.port, target.host);
		client.pipe(upstream);
		upstream.on('data', (data: Buffer) => {
			left -= data.length;
			if (left > 0 || cutsLeft <= 0) return client.write(data);
			cutsLeft--;
			client.end(data.subarray(0, Math.max(0, data.length + left)));
			return upstream.destroy();
		});
		client.on('error', () => undefined).on('close', () => upstream.destroy());
		upstream.on('error', () => undefined).on('close', () => client.end());
	});
	const port = await listen(server);
	return { endpoint: `http://127.0.0.1:${port}`, cutsLeft: () => cutsLeft, stop: () => server.close() };
}

async function pagesOf(list: AsyncIterable<readonly RemoteFile[]>): Promise<(readonly RemoteFile[])[]> {
	const pages = [];
	for await (const page of list) pages.push(page);
	return pages;
}

async function troubleOf(work: Promise<unknown>): Promise<string> {
	const error = await work.then(
		() => null,
		(reason: FileServerError) => reason,
	);
	return error ? `${error.message}. ${error.hint}` : 'no trouble';
}

describeWith('s3', 'files in S3', () => {
	let service: S3Service;
	beforeAll(async () => {
		service = await startS3();
	});
	afterAll(async () => await service.stop());

	test('are listed below a prefix, over pages, whatever their keys are', async () => {
		const client = s3Client(service.options);
		const odd = ['in/a b+c.csv', 'in/ä&<ö>.csv', "in/o'hara (1)!*.csv", 'in/100%.csv', 'in/#?.csv'];
		for (const key of odd) await putObject(client, key, Readable.from(['vin\n']));
		await client.tell({ method: 'PUT', key: 'in/folder/' });
		await putObject(client, 'other/x.csv', Readable.from(['x']));
		const files = s3Files(service.options);
		const pages = await pagesOf(files.list('in/'));
		expect(
			pages
				.flat()
				.map(({ key }) => key)
				.sort(),
		).toEqual([...odd].sort());
		for (const key of odd) {
			const file = await files.open(key);
			expect(file).toMatchObject({
				fileName: key.slice(3),
				origin: `s3://files/${key}`,
				version: pages.flat().find((listed) => listed.key === key)?.etag,
				sizeBytes: 4,
			});
			expect((await buffer(file?.content ?? Readable.from([]))).toString()).toBe('vin\n');
		}
		expect(await files.open('in/absent.csv')).toBeNull();
	});

	test('more than a page of them', async () => {
		const client = s3Client(service.options);
		const keys = Array.from({ length: 1_005 }, (_, at) => `many/${at}.csv`);
		for (let at = 0; at < keys.length; at += 50) {
			await Promise.all(keys.slice(at, at + 50).map((key) => client.tell({ method: 'PUT', key })));
		}
		const pages = await pagesOf(s3Files(service.options).list('many/'));
		expect(pages.length).toBeGreaterThan(1);
		expect(new Set(pages.flat().map(({ key }) => key))).toEqual(new Set(keys));
	});

	test('a download that breaks off goes on where it did', async () => {
		const bytes = randomBytes(3_000_000);
		await putObject(s3Client(service.options), 'big.bin', Readable.from([bytes]));
		const proxy = await cuttingProxy(service, 700_000, 3);
		const file = await s3Files({ ...service.options, endpoint: proxy.endpoint }).open('big.bin');
		expect(bytes.equals(await buffer(file?.content ?? Readable.from([])))).toBe(true);
		expect(proxy.cutsLeft()).toBe(0);
		proxy.stop();
	});

	test('a download does not go on with another version of the object', async () => {
		const client = s3Client(service.options);
		await putObject(client, 'changing.bin', Readable.from([randomBytes(3_000_000)]));
		const proxy = await cuttingProxy(service, 700_000, 1);
		const file = await s3Files({ ...service.options, endpoint: proxy.endpoint }).open('changing.bin');
		await putObject(client, 'changing.bin', Readable.from([randomBytes(3_000_000)]));
		const trouble = await troubleOf(buffer(file?.content ?? Readable.from([])));
		expect(trouble).toMatch(/^The object was replaced while it was read.*Start again/);
		proxy.stop();
	});

	test('the check says what it reached, and leaves nothing', async () => {
		const options = { ...service.options, prefix: 'checked/' };
		const { host, port } = service;
		expect(await checkS3(options)).toBe(
			`Connected to the bucket 'files' of S3 at ${host}:${port}, in 'checked/': it can be written, listed and read.`,
		);
		expect((await pagesOf(s3Files(options).list('checked/'))).flat()).toEqual([]);
	});

	test.each([
		[{ bucket: 'absent' }, "There is no bucket 'absent' at S3 at"],
		[{ accessKeyId: 'nobody' }, "knows no access key 'nobody'"],
		[{ secretAccessKey: 'wrong-secret' }, "does not accept the secret access key of 'fleet'"],
	])('%j is explained', async (change, said) => {
		const trouble = await troubleOf(checkS3({ ...service.options, prefix: '', ...change }));
		expect(trouble).toContain(said);
		expect(trouble).toMatch(/correct/i);
		expect(trouble).not.toContain('secret-');
		expect(trouble).not.toContain('wrong-secret');
	});

	test('a clock that is wrong is explained', async () => {
		const late = Date.now() - 3_600_000;
		jest.useFakeTimers({ now: late, doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'nextTick'] });
		try {
			const trouble = await troubleOf(checkS3({ ...service.options, prefix: '' }));
			expect(trouble).toContain('The clock of this machine differs too much');
			expect(trouble).toContain(new Date(late).toISOString().slice(0, 16));
		} finally {
			jest.useRealTimers();
		}
	});

	test('nobody there, a page of the web, and a certificate that nobody trusts are explained', async () => {
		const check = async (endpoint: string) =>
			await troubleOf(checkS3({ ...service.options, prefix: '', endpoint }));
		expect(await check(`http://127.0.0.1:${await freePort()}`)).toMatch(/refused the connection\. Start it/);

		const page = createHttpServer((_, response) => response.end('<html><body>Welcome</body></html>'));
		const forbiddenPage = createHttpServer((_, response) => response.writeHead(405).end('<html>no</html>'));
		expect(await check(`http://127.0.0.1:${await listen(forbiddenPage)}`)).toContain('is not an S3 service');
		const blobs = s3BlobStore({
			...service.options,
			prefix: '',
			endpoint: `http://127.0.0.1:${await listen(page)}`,
		});
		const big = Readable.from([Buffer.alloc(9_000_000)]);
		expect(await troubleOf(blobs.put('a', big))).toContain('is not an S3 service');

		const dir = await mkdtemp(join(tmpdir(), 'fleet-tls-'));
		const { cert, key } = await makeCertificate(dir);
		const secure = createHttpsServer({ cert: await readFile(cert), key: await readFile(key) });
		expect(await check(`https://127.0.0.1:${await listen(secure)}`)).toMatch(
			/certificate of S3 at .* is not trusted.*NODE_EXTRA_CA_CERTS/,
		);
		expect(await check(`https://127.0.0.1:${service.port}`)).toContain('does not speak TLS');
		for (const server of [page, forbiddenPage, secure]) server.close();
		await rm(dir, { recursive: true });
	});
});
