import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { checkKafka } from '../../src/adapters/bus/check-kafka';
import { kafkaBus } from '../../src/adapters/bus/kafka';
import type { KafkaOptions } from '../../src/adapters/bus/kafka-options';
import { freePort } from '../lib/services/child-service';
import { describeWith, KAFKA_USER, type KafkaService, startKafka } from '../lib/services/kafka';
import { collect, eventually, numbered } from './bus/collector';

const ANSWER_MS = 3000;
const PLAIN = { mechanism: 'plain', ...KAFKA_USER } as const;

describeWith('kafka', 'a Kafka that asks for TLS and passwords', () => {
	let open: KafkaService;
	let guarded: KafkaService;
	let strangers: Server[];

	beforeAll(async () => {
		open = await startKafka();
		guarded = await startKafka({ security: 'saslTls' });
	});
	beforeEach(() => {
		strangers = [];
	});
	afterEach(() => strangers.forEach((server) => server.close()));
	afterAll(async () => {
		await open?.kill();
		await guarded?.kill();
	});

	const ca = () => guarded.certificate ?? '';
	const check = async (options: Partial<KafkaOptions> & { brokers: string[] }) =>
		await checkKafka({ answerMs: ANSWER_MS, ...options });
	const refusal = async (options: Partial<KafkaOptions> & { brokers: string[] }) => {
		const error: unknown = await check(options).then(String, (reason: unknown) => reason);
		expect(error).toMatchObject({ name: 'BusUnavailableError' });
		expect(JSON.stringify(error)).not.toContain(KAFKA_USER.password);
		return (error as Error).message;
	};
	/** Something that is no Kafka, and what it does with who connects. */
	const stranger = async (greet: (socket: { end(text: string): void }) => void) => {
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.once('data', () => greet(socket));
		}).listen(0, '127.0.0.1');
		strangers.push(server);
		await once(server, 'listening');
		return `127.0.0.1:${(server.address() as AddressInfo).port}`;
	};

	it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
		'carries a feed by %s over TLS',
		async (mechanism) => {
			const options = { brokers: [guarded.broker], tls: true, ca: ca(), sasl: { mechanism, ...KAFKA_USER } };
			const bus = kafkaBus({ ...options, answerMs: ANSWER_MS });
			const collector = await collect(bus, `feed-${mechanism}`, { from: 'start' });
			await bus.publish(`feed-${mechanism}`, numbered(30));
			await eventually(() => collector.messages.length === 30, collector.payloads, 20_000);
			await bus.close();
			expect(collector.payloads()).toEqual(numbered(30).map(({ payload }) => payload));
			expect(await check(options)).toMatch(
				new RegExp(`^Kafka 4\\.1 or newer at ${guarded.broker}: 1 broker, `),
			);
		},
	);

	it('says what is there', async () => {
		expect(await check({ brokers: [open.broker] })).toBe(
			`Kafka 4.1 or newer at ${open.broker}: 1 broker, 0 topics`,
		);
	});

	it('tells what the network is at', async () => {
		const port = await freePort();
		expect(await refusal({ brokers: [`127.0.0.1:${port}`] })).toBe(
			`Kafka at 127.0.0.1:${port} refused the connection`,
		);
		expect(await refusal({ brokers: ['no-such-host.invalid:9092'] })).toBe(
			"There is no host named 'no-such-host.invalid'",
		);
	});

	it('tells what is wrong with TLS', async () => {
		const sasl = PLAIN;
		expect(await refusal({ brokers: [guarded.broker], sasl })).toBe(
			`Kafka at ${guarded.broker} speaks TLS only`,
		);
		expect(await refusal({ brokers: [open.broker], tls: true })).toBe(
			`Kafka at ${open.broker} does not speak TLS`,
		);
		expect(await refusal({ brokers: [guarded.broker], tls: true, sasl })).toContain(
			`The TLS certificate of Kafka at ${guarded.broker} is not trusted`,
		);
	});

	it('tells what is wrong with the user, without the password', async () => {
		const tls = { brokers: [guarded.broker], tls: true, ca: ca() };
		const wrong = { username: 'fleet', password: 'wrong-secret' };
		const denied = `Kafka at ${guarded.broker} does not accept the user or the password`;
		expect(await refusal({ ...tls, sasl: { mechanism: 'plain', ...wrong } })).toBe(denied);
		expect(await refusal({ ...tls, sasl: { mechanism: 'scram-sha-512', ...wrong } })).toBe(denied);
		expect(await refusal(tls)).toBe(`Kafka at ${guarded.broker} asks for a user and a password`);
		expect(await refusal({ brokers: [open.broker], sasl: PLAIN })).toBe(
			`Kafka at ${open.broker} does not ask who you are`,
		);
	});

	it('tells what is no Kafka at all', async () => {
		const web = await stranger((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		expect(await refusal({ brokers: [web] })).toBe(`What answers at ${web} is not a Kafka`);
		const silent = await stranger(() => undefined);
		expect(await refusal({ brokers: [silent], answerMs: 500 })).toBe(`Kafka at ${silent} does not answer`);
	});

	it('goes on trying with a wrong password until it is right there, without harm to the process', async () => {
		const sasl = { mechanism: 'scram-sha-256', username: 'fleet', password: 'wrong' } as const;
		const options = { brokers: [guarded.broker], tls: true, ca: ca(), sasl };
		const bus = kafkaBus({ ...options, answerMs: ANSWER_MS, retryMaxMs: 100 });
		const collector = await collect(bus, 'feed', { from: 'start' });
		await eventually(
			() => collector.states.length === 1,
			() => collector.states,
		);
		await new Promise((resolve) => setTimeout(resolve, 1500));
		await expect(bus.publish('feed', numbered(1))).rejects.toThrow(
			'does not accept the user or the password',
		);
		await bus.close();
		expect(collector.states).toEqual([
			{ up: false, reason: expect.stringContaining('does not accept the user or the password') },
		]);
	});
});
