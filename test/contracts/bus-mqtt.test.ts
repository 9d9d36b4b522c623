import { randomUUID } from 'node:crypto';
import { mqttBus, type MqttBusOptions } from '../../src/adapters/bus/mqtt';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { InvalidFieldError } from '../../src/domain/errors';
import { describeWith, startMosquitto, type MosquittoService } from '../lib/services/mosquitto';
import { collect, eventually, numbered, wait } from './bus/collector';
import { publishAs, QUICK_MQTT } from './bus/mqtt-rigs';

describeWith('mosquitto', 'MQTT itself', () => {
	let mosquitto: MosquittoService;
	let feed: string;
	let buses: MessageBus[];

	beforeAll(async () => {
		mosquitto = await startMosquitto();
	});
	beforeEach(() => {
		feed = `feed/${randomUUID()}`;
		buses = [];
	});
	afterEach(async () => {
		for (const bus of buses) await bus.close();
	});
	afterAll(async () => await mosquitto?.stop());

	const server = () => ({ host: mosquitto.host, port: mosquitto.port, ...QUICK_MQTT });

	const open = (options: Partial<MqttBusOptions> = {}) => {
		const bus = mqttBus({ ...server(), ...options });
		buses.push(bus);
		return bus;
	};

	const hanging = async () => await new Promise<void>(() => undefined);

	it.each(['5', '3.1.1'] as const)(
		'acknowledges nothing before it is stored, in version %s',
		async (version) => {
			const bus = open({ version });
			const held: string[] = [];
			const holder = await collect(bus, feed, {
				batchSize: 5,
				onBatch: async ({ messages }) => {
					held.push(...messages.map(({ payload }) => String(payload)));
					await hanging();
				},
			});
			await bus.publish(feed, numbered(12));
			await eventually(
				() => held.length > 0,
				() => held,
			);
			await holder.subscription.close(0);
			const next = await collect(open({ version }), feed);
			await eventually(() => next.messages.length >= 12, next.payloads);
			expect(next.payloads()).toEqual(numbered(12).map(({ payload }) => payload));
			const last = await collect(open({ version, standbyMs: 100 }), feed);
			await wait(200);
			expect(last.payloads()).toEqual([]);
		},
	);

	it('has no more messages at once than it may receive ahead of their acknowledgement', async () => {
		const bus = open({ receiveMaximum: 7 });
		const releases: (() => void)[] = [];
		const collector = await collect(bus, feed, {
			batchSize: 100,
			lingerMs: 60_000,
			onBatch: async (batch) => {
				await new Promise<void>((resolve) => releases.push(resolve));
				await batch.ack();
			},
		});
		await bus.publish(feed, numbered(21));
		for (const batches of [1, 2, 3]) {
			await eventually(
				() => releases.length === batches,
				() => collector.batchSizes,
			);
			await wait(100);
			releases.at(-1)?.();
		}
		await eventually(() => collector.messages.length === 21, collector.payloads);
		expect(collector.batchSizes).toEqual([7, 7, 7]);
		expect(collector.payloads()).toEqual(numbered(21).map(({ payload }) => payload));
	});

	it('reads what many topics carry, and tells the topic of each message', async () => {
		const collector = await collect(open(), `${feed}/+/status`);
		await open().publish(`${feed}/TRUCK-7/status`, [{ key: '', payload: 'seven' }]);
		await publishAs('tracker', server(), `${feed}/TRUCK-8/status`, Buffer.from([0xff, 0, 1]), { qos: 0 });
		await publishAs('tracker', server(), `${feed}/TRUCK-8/other`, 'not asked for');
		await open().publish(`${feed}/TRUCK-9/status`, [{ key: '', payload: 'nine' }]);
		await eventually(() => collector.messages.length === 3, collector.payloads);
		expect(collector.messages.map(({ topic, payload }) => [topic, payload])).toEqual([
			[`${feed}/TRUCK-7/status`, 'seven'],
			[`${feed}/TRUCK-8/status`, Uint8Array.from([0xff, 0, 1])],
			[`${feed}/TRUCK-9/status`, 'nine'],
		]);
	});

	it('publishes to one topic only, and reads nothing that is no topic filter', async () => {
		const bus = open();
		const options = { group: 'fleet', batchSize: 1, from: 'now' } as const;
		await expect(bus.publish('fleet/+/status', numbered(1))).rejects.toMatchObject({
			name: InvalidFieldError.name,
			hint: expect.stringContaining('fleet/TRUCK-7/status'),
		});
		await expect(bus.publish('fleet/#', [])).rejects.toThrow('stand for many topics');
		await expect(bus.publish('', numbered(1))).rejects.toThrow('names no topic');
		for (const wrong of ['fleet/#/status', 'fleet/truck+', '']) {
			await expect(bus.subscribe(wrong, options, hanging)).rejects.toThrow('is no topic filter');
		}
		await expect(bus.subscribe('$share/g/fleet', options, hanging)).rejects.toThrow('lose their order');
	});

	it('lets the newest subscriber of a group read; the older ones stand by and do not fight', async () => {
		const older = await collect(open({ standbyMs: 2000 }), feed);
		const newer = open();
		const collector = await collect(newer, feed);
		await eventually(
			() => older.states.length === 2,
			() => older.states,
		);
		expect(older.states[1]).toEqual({
			up: false,
			reason: expect.stringContaining('another subscriber of this group'),
		});
		await newer.publish(feed, numbered(20));
		await eventually(() => collector.messages.length === 20, collector.payloads);
		expect(older.messages).toEqual([]);
		expect(collector.states).toEqual([{ up: true, reason: null }]);

		await collector.subscription.close();
		await newer.publish(feed, numbered(3, 1, 'later-'));
		await eventually(() => older.messages.length === 3, older.payloads);
		expect(older.states.map(({ up }) => up)).toEqual([true, false, true]);
	});

	it('tells that the broker lost what it kept', async () => {
		const forgetful = await startMosquitto();
		const losses: { count: number | null; reason: string }[] = [];
		const collector = await collect(open({ port: forgetful.port, standbyMs: 300 }), feed, {
			onLoss: (loss) => losses.push(loss),
		});
		await forgetful.stop();
		await eventually(
			() => collector.states.length === 2,
			() => collector.states,
		);
		const back = await startMosquitto({ port: forgetful.port });
		await eventually(
			() => losses.length > 0,
			() => collector.states,
		);
		await open({ port: back.port }).publish(feed, numbered(2));
		await eventually(() => collector.messages.length === 2, collector.payloads);
		await back.stop();
		expect(losses).toEqual([{ count: null, reason: expect.stringContaining('lost the session') }]);
	});

	it('keeps a batch that was not stored when the connection broke, with what nobody acknowledges in it', async () => {
		const broker = await startMosquitto();
		let isStoreAway = true;
		let tries = 0;
		const collector = await collect(open({ port: broker.port, standbyMs: 300 }), feed, {
			onBatch: async ({ ack }) => {
				tries += 1;
				if (isStoreAway) throw new Error('the store is away');
				await ack();
			},
		});
		await publishAs('tracker', { ...server(), port: broker.port }, feed, 'nobody repeats it', { qos: 0 });
		await eventually(
			() => tries > 0,
			() => tries,
		);
		await broker.stop();
		await eventually(
			() => collector.states.length === 2,
			() => collector.states,
		);
		isStoreAway = false;
		const back = await startMosquitto({ port: broker.port });
		await eventually(() => collector.messages.length > 0, collector.payloads);
		expect(collector.payloads()).toEqual(['nobody repeats it']);
		await back.stop();
	});

	it('carries large messages', async () => {
		const bus = open();
		const collector = await collect(bus, feed);
		const payload = 'Ω'.repeat(4_000_000);
		await bus.publish(feed, [{ key: '', payload }]);
		await eventually(
			() => collector.messages.length === 1,
			() => collector.messages.length,
		);
		expect(collector.payloads()[0] === payload).toBe(true);
	});
});
