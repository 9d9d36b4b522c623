import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import { describeWith, type RedisService, startRedis } from '../../lib/services/redis';
import { type SmtpSink, startSmtpSink } from '../../lib/smtp-sink';
import { pressTest, type Surroundings } from './press-test';

const HOST = '127.0.0.1';

export function mailServerTest(around: () => Surroundings): void {
	describe('Fleet SMTP API', () => {
		let sink: SmtpSink;
		beforeAll(async () => {
			sink = await startSmtpSink(0, { user: 'fleet', password: 'right' });
		});
		afterAll(async () => await sink?.close());

		const test = async (data: object) =>
			await pressTest(around(), 'fleetSmtpApi', {
				...{ host: HOST, port: sink.port, security: 'none', from: 'fleet@fleet.example' },
				...{ user: 'fleet', password: 'right', ...data },
			});

		it('says that the server takes mail', async () => {
			const { status, message } = await test({});
			expect({ status, message }).toEqual({
				status: 'OK',
				message: expect.stringContaining(`:${sink.port}`),
			});
		});

		it('says that nothing listens there', async () => {
			const { status, message } = await test({ port: around().nobody });
			expect(status).toBe('Error');
			expect(message).toContain(
				`The mail server 127.0.0.1:${around().nobody} cannot be reached: nothing listens there`,
			);
		});

		it('says that the password is wrong, and does not repeat it', async () => {
			const { status, message } = await test({ password: 'wrong-secret' });
			expect(status).toBe('Error');
			expect(message).toMatch(/did not accept user and password.*Correct user and password/);
			expect(message).not.toContain('wrong-secret');
		});

		it('says that what answers is not a mail server', async () => {
			const stranger = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
			stranger.listen(0, HOST);
			await once(stranger, 'listening');
			const { port } = stranger.address() as AddressInfo;
			const { status, message } = await test({ port });
			stranger.close();
			expect(status).toBe('Error');
			expect(message).toContain(`The mail server 127.0.0.1:${port}`);
			expect(message).toContain('SSH-2.0');
		});
	});
}

export function redisTest(around: () => Surroundings): void {
	describeWith('redis', 'Fleet Redis API', () => {
		let redis: RedisService;
		beforeAll(async () => {
			redis = await startRedis({ password: 'right' });
		});
		afterAll(async () => await redis?.stop());

		const test = async (data: object) =>
			await pressTest(around(), 'fleetRedisApi', {
				...{ host: HOST, port: redis.port, username: '', password: 'right', database: 0, tls: false },
				...data,
			});

		it('says which Redis is there', async () => {
			const { status, message } = await test({});
			expect(message).toMatch(new RegExp(`^Redis \\d+\\.\\d+\\.\\d+ at 127\\.0\\.0\\.1:${redis.port}$`));
			expect(status).toBe('OK');
		});

		it('says that the connection was refused', async () => {
			const { status, message } = await test({ port: around().nobody });
			expect(status).toBe('Error');
			expect(message).toMatch(/refused the connection\. Start it there, or correct the host and the port/);
		});

		it('says that the password is wrong or missing', async () => {
			const wrong = await test({ password: 'wrong-secret' });
			expect(wrong.status).toBe('Error');
			expect(wrong.message).toMatch(/does not accept the (user or the )?password/);
			expect(wrong.message).not.toContain('wrong-secret');
			await expect(test({ password: '' })).resolves.toMatchObject({
				status: 'Error',
				message: expect.stringContaining('asks for a password'),
			});
		});

		it('says that what answers is not a Redis', async () => {
			const noRedis = await test({ port: around().fleet.host.port });
			expect(noRedis.status).toBe('Error');
			expect(noRedis.message).toContain(
				`What answers at 127.0.0.1:${around().fleet.host.port} is not a Redis`,
			);
		});
	});
}
