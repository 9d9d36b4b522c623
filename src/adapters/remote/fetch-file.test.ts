import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { FileServerError } from '../../app/errors';
import type { FetchRequest } from '../../app/ports/remote-files';
import { fetchFile } from './fetch-file';
import { patientFetch } from './patient-fetch';

const servers: Server[] = [];
let asked: IncomingMessage[] = [];

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
	const server = createServer((request, response) => {
		asked.push(request);
		answer(request, response);
	});
	servers.push(server);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(() => {
	asked = [];
});
afterEach(() => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

async function fetched(request: FetchRequest) {
	const file = await fetchFile(request);
	if (!file) throw new Error('nothing was fetched');
	return { ...file, content: await text(file.content) };
}

async function troubleOf(request: FetchRequest): Promise<string> {
	return await fetched(request).then(
		() => 'no trouble',
		(error: FileServerError) => `${error.message}. ${error.hint}`,
	);
}

test('gives the file with its name, version and size', async () => {
	const at = await serve((_, response) => {
		response.setHeader(
			'content-disposition',
			`attachment; filename*=UTF-8''Fl%C3%B6tte.csv; filename="x.csv"`,
		);
		response.setHeader('etag', '"v1"');
		response.setHeader('content-length', '4').end('vin\n');
	});
	expect(await fetched({ url: `${at}/export?id=7&token=secret` })).toEqual({
		fileName: 'Flötte.csv',
		origin: `${at}/export?id=7&token=***`,
		version: '"v1"',
		sizeBytes: 4,
		content: 'vin\n',
	});
});

test.each([
	['/a/vehicles%20of%20May.csv?x=1', 'vehicles of May.csv'],
	['/100%.csv', '100%.csv'],
	['/', '127.0.0.1'],
])('without a name of its own, %s is called %s', async (path, fileName) => {
	const at = await serve((_, response) => response.end('x'));
	expect(await fetched({ url: `${at}${path}` })).toMatchObject({ fileName, version: null });
});

test.each(['../../etc/passwd', 'C:\\fleet\\passwd'])('the name %s is only its end', async (given) => {
	const quoted = given.replaceAll('\\', '\\\\');
	const at = await serve((_, response) =>
		response.setHeader('content-disposition', `attachment; filename="${quoted}"`).end('x'),
	);
	expect((await fetched({ url: at })).fileName).toBe('passwd');
});

test('a compressed answer is unpacked, and its size is not known', async () => {
	const at = await serve((_, response) =>
		response.setHeader('content-encoding', 'gzip').end(gzipSync('vin\n')),
	);
	expect(await fetched({ url: at })).toMatchObject({ content: 'vin\n', sizeBytes: null });
});

test.each([
	['etag', '"v1"', 'if-none-match'],
	['etag', 'W/"v1"', 'if-none-match'],
	['last-modified', 'Mon, 02 Mar 2026 10:00:00 GMT', 'if-modified-since'],
])('what has not changed since the known %s is not fetched again', async (header, version, condition) => {
	const at = await serve((request, response) => {
		if (request.headers[condition] === version) return response.writeHead(304).end();
		return response.setHeader(header, version).end('new');
	});
	expect((await fetched({ url: at })).version).toBe(version);
	expect(await fetchFile({ url: at, knownVersion: version })).toBeNull();
	expect((await fetched({ url: at, knownVersion: '"v0"' })).content).toBe('new');
});

test('user, password and headers go to their server, and to no other that it sends to', async () => {
	const other = await serve((_, response) => response.end('there'));
	const at = await serve((request, response) => {
		if (request.url === '/first') return response.writeHead(302, { location: '/second' }).end();
		return response.writeHead(307, { location: `${other}/third.csv` }).end();
	});
	const url = at.replace('//', '//me:p%40ss@');
	const file = await fetched({ url: `${url}/first`, headers: { 'x-api-key': 'k' } });
	expect(file).toMatchObject({ content: 'there', fileName: 'third.csv', origin: `${at}/first` });
	const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
	expect(asked.map(({ headers }) => [headers.authorization, headers['x-api-key']])).toEqual([
		[basic, 'k'],
		[basic, 'k'],
		[undefined, undefined],
	]);
});

test('a circle of redirects ends', async () => {
	const at = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
	expect(await troubleOf({ url: at })).toContain('sends from one address to the next, more than 10 times');
	expect(asked).toHaveLength(11);
});

test.each([
	[401, '', /answers 401 Unauthorized instead of the file\. Give user and password/],
	[404, '<html>sorry</html>', /\/x\.csv answers 404 Not Found instead of the file\. Correct the address/],
	[400, 'the parameter\n"from" is missing', /instead of the file: the parameter "from" is missing\./],
	[503, '', /answers 503 Service Unavailable instead of the file\. Try again/],
	[204, '', /answers 204 No Content instead of the file/],
])('the status %i is explained', async (status, body, said) => {
	const at = await serve((_, response) => response.writeHead(status).end(body));
	const trouble = await troubleOf({ url: `${at}/x.csv?token=secret` });
	expect(trouble).toMatch(said);
	expect(trouble).not.toContain('secret');
});

test('an answer that breaks off is an error, not a short file', async () => {
	const at = await serve((_, response) => {
		response.setHeader('content-length', '100').write('half');
		setImmediate(() => response.destroy());
	});
	expect(await troubleOf({ url: at })).toContain('closed the connection');
});

test('addresses that are none are refused without the password in them', async () => {
	for (const url of ['ftp://me:secret@example.com/x.csv', 'example.com/x.csv', '', 'file:///etc/passwd']) {
		const trouble = await troubleOf({ url });
		expect(trouble).toContain('is no address that a file can be fetched from');
		expect(trouble).not.toContain('secret');
	}
});

test('a server may be slow, but not silent', async () => {
	const slow = await serve((_, response) => {
		let sent = 0;
		const timer = setInterval(
			() => (++sent > 10 ? (clearInterval(timer), response.end()) : response.write('x')),
			30,
		);
	});
	expect(await (await patientFetch(slow, {}, 250)).text()).toBe('x'.repeat(10));
	const mute = await serve(() => undefined);
	await expect(patientFetch(mute, {}, 50)).rejects.toThrow('no answer within 50 ms');
	const stuck = await serve((_, response) => response.write('x'));
	await expect((await patientFetch(stuck, {}, 50)).text()).rejects.toThrow('no answer within 50 ms');
});
