import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkMqtt } from '../../src/adapters/bus/check-mqtt';
import { mqttBus, type MqttBusOptions } from '../../src/adapters/bus/mqtt';
import { makeCertificate } from '../lib/services/certificate';
import { freePort } from '../lib/services/child-service';
import { describeWith, startMosquitto, type MosquittoService } from '../lib/services/mosquitto';
import { startWebSocketBridge } from '../lib/websocket-bridge';
import { collect, eventually, numbered } from './bus/collector';
import { QUICK_MQTT } from './bus/mqtt-rigs';

const USER = { name: 'fleet', password: 'fleet secret' };
const LOGIN = { username: USER.name, password: USER.password };

describeWith('mosquitto', 'who may use a broker of MQTT, and how', () => {
	let dir: string;
	let locked: MosquittoService;
	let secured: MosquittoService;
	let ca: string;
	let strange: Server | undefined;

	beforeAll(async () => {
		dir = await mkdtemp(join(tmpdir(), 'fleet-mqtt-'));
		const certificate = await makeCertificate(dir);
		ca = await readFile(certificate.cert, 'utf8');
		await writeFile(join(dir, 'acl'), 'user fleet\ntopic readwrite fleet/#\n', { mode: 0o600 });
		locked = await startMosquitto({ user: USER, config: [`acl_file ${join(dir, 'acl')}`] });
		secured = await startMosquitto({ certificate });
	});
	afterEach(() => void strange?.close());
	afterAll(async () => {
		await locked?.stop();
		await secured?.stop();
		await rm(dir, { recursive: true, force: true });
	});

	const at = ({ port }: { port: number }) => ({ host: '127.0.0.1', port, ...QUICK_MQTT });

	const check = async (options: Partial<MqttBusOptions> & { port: number }) =>
		await checkMqtt({ ...at(options), ...options }).then(
			(sentence) => sentence,
			(error: Error & { hint?: string }) => `${error.message}. ${error.hint ?? ''}`,
		);

	const roundTrip = async (options: MqttBusOptions) => {
		const bus = mqttBus({ ...QUICK_MQTT, ...options });
		try {
			const collector = await collect(bus, 'fleet/status');
			await bus.publish('fleet/status', numbered(300));
			await eventually(
				() => collector.messages.length === 300,
				() => collector.states,
			);
			return collector.states;
		} finally {
			await bus.close();
		}
	};

	const listening = async (one: Server) => {
		strange = one;
		one.listen(0, '127.0.0.1');
		await once(one, 'listening');
		return (one.address() as AddressInfo).port;
	};

	it.each(['5', '3.1.1'] as const)('lets in who knows the password, in version %s', async (version) => {
		const { port } = locked;
		expect(await check({ port, version, ...LOGIN })).toBe(
			`MQTT ${version} broker at mqtt://127.0.0.1:${port}`,
		);
		const wrong = await check({ port, version, ...LOGIN, password: 'wrong-secret' });
		expect(wrong).toContain('does not accept the user or the password');
		expect(wrong).not.toContain('wrong-secret');
		expect(await check({ port, version })).toContain('asks for a user and a password. Give both');
		expect(await roundTrip({ ...at(locked), version, ...LOGIN })).toEqual([{ up: true, reason: null }]);
	});

	it('says in the subscription that the password is wrong, and that a topic may not be read', async () => {
		const bus = mqttBus({ ...at(locked), ...LOGIN });
		await expect(bus.publish('secret/status', numbered(1))).rejects.toThrow(
			"does not let the user publish to 'secret/status'",
		);
		await bus.close();
		// Mosquitto takes any subscription, and delivers nothing that may not be read.
		const strict = createServer((socket) => {
			socket.once('data', () => {
				socket.write(Buffer.from([0x20, 2, 0, 0]));
				socket.once('data', (packet) =>
					socket.write(Buffer.from([0x90, 3, packet[2] ?? 0, packet[3] ?? 0, 0x80])),
				);
			});
		});
		const reader = mqttBus({ ...at({ port: await listening(strict) }), version: '3.1.1' });
		const forbidden = await collect(reader, 'secret/status');
		await reader.close();
		expect(forbidden.states).toEqual([
			{ up: false, reason: expect.stringContaining("does not let the user read 'secret/status'") },
		]);
		const stranger = mqttBus({ ...at(locked), ...LOGIN, password: 'wrong-secret' });
		const refused = await collect(stranger, 'fleet/status');
		await stranger.close();
		expect(refused.states).toEqual([
			{ up: false, reason: expect.stringContaining('does not accept the user or the password') },
		]);
	});

	it('speaks TLS, and trusts whom it is told to', async () => {
		const { port } = secured;
		const options = { ...at(secured), protocol: 'mqtts', ca } as const;
		expect(await checkMqtt(options)).toBe(`MQTT 5 broker at mqtts://127.0.0.1:${port}`);
		expect(await checkMqtt({ ...options, host: 'localhost' })).toContain('mqtts://localhost');
		expect(await roundTrip(options)).toEqual([{ up: true, reason: null }]);
		expect(await check({ port, protocol: 'mqtts' })).toContain('is not trusted');
		expect(await check({ port })).toMatch(/speaks TLS only|wants TLS/);
		expect(await check({ port: locked.port, protocol: 'mqtts', ca })).toMatch(
			/does not speak TLS|speaks no TLS there/,
		);
	});

	it('speaks MQTT in a WebSocket', async () => {
		const open = await startMosquitto();
		const bridge = await startWebSocketBridge(open);
		const options = { ...at(bridge), protocol: 'ws' } as const;
		expect(await checkMqtt(options)).toBe(`MQTT 5 broker at ws://127.0.0.1:${bridge.port}`);
		expect(await roundTrip(options)).toEqual([{ up: true, reason: null }]);
		bridge.stop();
		await open.stop();
	});

	it('tells what is wrong, and how to mend it', async () => {
		expect(await check({ port: await freePort() })).toContain('refused the connection. Start');
		expect(await check({ host: 'nowhere.invalid', port: 1883 })).toContain(
			"There is no host named 'nowhere.invalid'",
		);
		const web = await listening(createHttpServer((_, response) => response.end('hello')));
		expect(await check({ port: web })).toContain('is not an MQTT broker. Check host, port and protocol');
		expect(await check({ port: web, protocol: 'ws' })).toContain('is no WebSocket');
	});

	it('tells a broker of the other version, and one that says nothing', async () => {
		const old = createServer((socket) =>
			socket.once('data', () => socket.write(Buffer.from([0x20, 2, 0, 1]))),
		);
		const port = await listening(old);
		expect(await check({ port })).toContain('does not speak MQTT 5. Choose version 3.1.1');
		expect(await check({ port, version: '3.1.1' })).toContain('does not speak MQTT 3.1.1. Choose version 5');
		old.close();
		const mute = await listening(createServer((socket) => socket.resume()));
		expect(await check({ port: mute, answerMs: 300 })).toContain('does not answer');
	});
});
