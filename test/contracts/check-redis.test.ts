import Redis from 'ioredis';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { checkRedis } from '../../src/adapters/bus/check-redis';
import { redisStreamsBus } from '../../src/adapters/bus/redis-streams';
import { makeCertificate } from '../lib/services/certificate';
import { freePort } from '../lib/services/child-service';
import { describeWith, startRedis, type RedisService } from '../lib/services/redis';
import { collect, eventually, numbered } from './bus/collector';

describeWith('redis', 'the check of a connection to Redis', () => {
	let redis: RedisService;
	let shell: Redis;

	beforeAll(async () => {
		redis = await startRedis({ password: 'fleet secret' });
		shell = new Redis({ ...server(), password: 'fleet secret' });
	});
	afterAll(async () => {
		shell.disconnect();
		await redis.stop();
	});

	const server = () => ({ host: redis.host, port: redis.port });

	let strange: Server | undefined;

	afterEach(() => void strange?.close());

	const listen = async (one: Server) => {
		strange = one;
		one.listen(0, '127.0.0.1');
		await once(one, 'listening');
		return { host: '127.0.0.1', port: (one.address() as AddressInfo).port, answerMs: 1000 };
	};

	it('says which Redis is there', async () => {
		const password = 'fleet secret';
		expect(await checkRedis({ ...server(), username: '', password, database: 3, tls: false })).toMatch(
			/^Redis \d+\.\d+\.\d+ at 127\.0\.0\.1:\d+$/,
		);
	});

	it('tells what is wrong, and how to mend it', async () => {
		const check = async (options: Parameters<typeof checkRedis>[0]) =>
			await checkRedis({ answerMs: 1000, ...options }).then(
				() => 'fine',
				(error: unknown) => (error instanceof Error ? error.message : error),
			);
		expect(await check({ host: '127.0.0.1', port: await freePort() })).toContain('refused the connection');
		expect(await check({ host: 'nowhere.invalid', port: 6379 })).toBe(
			"There is no host named 'nowhere.invalid'",
		);
		expect(await check({ ...server() })).toContain('asks for a password');
		expect(await check({ ...server(), password: 'wrong' })).toContain(
			'does not accept the user or the password',
		);
		expect(await check({ ...server(), password: 'fleet secret', database: 99 })).toContain('out of range');
		expect(await check({ ...server(), password: 'fleet secret', tls: true })).toMatch(/TLS|does not answer/);
	});

	it('tells which right the user lacks, and is content with those that it names', async () => {
		const user = async (name: string, ...rights: string[]) => {
			await shell.call('ACL', 'SETUSER', name, 'reset', 'on', '>secret', ...rights);
			return { ...server(), username: name, password: 'secret' };
		};
		const reader = await user('no-streams', '~*', '+@all', '-@stream');
		await expect(checkRedis(reader)).rejects.toMatchObject({
			message: expect.stringMatching(/may not do this at Redis .*xadd/i),
			hint: expect.stringContaining('+@stream'),
		});
		await expect(checkRedis(await user('other-keys', '~other:*', '+@all'))).rejects.toThrow(
			'may not do this',
		);
		const named = [
			'+@stream',
			'+@scripting',
			'+@string',
			'+@sortedset',
			'+@keyspace',
			'+@connection',
			'+time',
		];
		const feed = `feed-${randomUUID()}`;
		const least = await user('least', '~fleet:*', `~${feed}`, ...named);
		expect(await checkRedis(least)).toMatch(/^Redis at /);
		expect(await shell.keys('fleet:check:*')).toEqual([]);
		const bus = redisStreamsBus(least);
		const collector = await collect(bus, feed);
		await bus.publish(feed, numbered(3));
		await eventually(() => collector.messages.length === 3, collector.payloads);
		await bus.close();
		expect(collector.states).toEqual([{ up: true, reason: null }]);
	});

	it('tells a Redis that is too old', async () => {
		const old = createTcpServer((socket) => {
			// The protocol as a Redis of version 6.0 speaks it, as far as it is asked.
			const answers = { info: '$22\r\nredis_version:6.0.16\r\n\r\n', ping: '+PONG\r\n' };
			socket.on('data', (data) => {
				for (const [command, answer] of Object.entries(answers)) {
					if (data.toString().includes(command)) socket.write(answer);
				}
			});
		});
		await expect(checkRedis(await listen(old))).rejects.toMatchObject({
			message: expect.stringContaining('Redis 6.0.16 at'),
			hint: 'Update it: Redis 6.2 or newer is needed.',
		});
	});

	it('tells a web server from a Redis', async () => {
		const options = await listen(createHttpServer((_, response) => response.end('hello')));
		await expect(checkRedis(options)).rejects.toThrow('is not a Redis');
	});

	it('speaks TLS, trusts whom it is told to, and names the server that it wants', async () => {
		const dir = await mkdtemp(join(tmpdir(), 'fleet-redis-tls-'));
		const certificate = await makeCertificate(dir);
		const [cert, key, ca] = await Promise.all([
			readFile(certificate.cert),
			readFile(certificate.key),
			readFile(certificate.cert, 'utf8'),
		]);
		const secured = await startRedis({ certificate });
		const { host, port } = secured;
		const options = { host, port, tls: true, ca, answerMs: 1000 };
		expect(await checkRedis(options)).toMatch(/^Redis \d/);
		await expect(checkRedis({ ...options, ca: ' ' })).rejects.toMatchObject({
			message: expect.stringContaining('is not trusted'),
			hint: expect.stringContaining('certificate (CA)'),
		});
		const names: (string | false | null)[] = [];
		const shared = createTlsServer({ cert, key }, (socket) => {
			names.push(socket.servername);
			socket.pipe(connect(redis.port, redis.host)).pipe(socket);
		});
		const named = { ...(await listen(shared)), tls: true, ca, password: 'fleet secret' };
		expect(await checkRedis({ ...named, host: 'localhost' })).toMatch(/^Redis \d/);
		expect(await checkRedis(named)).toMatch(/^Redis \d/);
		expect(names).toEqual(['localhost', false]);
		await secured.stop();
		await rm(dir, { recursive: true });
	});

	it('tells that TLS is needed', async () => {
		const options = await listen(createTlsServer());
		await expect(checkRedis(options)).rejects.toMatchObject({ hint: expect.stringContaining('TLS') });
	});
});
