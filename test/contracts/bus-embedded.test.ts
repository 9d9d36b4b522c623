import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedBus, type EmbeddedBusOptions } from '../../src/adapters/bus/embedded';
import { type Database, openDatabase } from '../../src/adapters/store/database';
import { LeaseLostError } from '../../src/app/errors';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { collect, eventually, numbered, wait } from './bus/collector';
import { buildPeer, type PeerProgram } from './bus/spawn-peer';

const DAY_MS = 86_400_000;

describe('the embedded bus', () => {
	let dir: string;
	let path: string;
	let databases: Database[];
	let buses: MessageBus[];
	let peer: PeerProgram;

	beforeAll(async () => {
		peer = await buildPeer();
	});
	afterAll(async () => await peer.remove());

	beforeEach(async () => {
		dir = await mkdtemp(join(tmpdir(), 'fleet-bus-'));
		path = join(dir, 'bus.sqlite');
		databases = [];
		buses = [];
	});
	afterEach(async () => {
		for (const bus of buses) await bus.close();
		for (const database of databases) await database.close();
		await rm(dir, { recursive: true, force: true });
	});

	/** With connections of its own, as in another process. */
	const open = async (options: EmbeddedBusOptions = {}) => {
		const database = await openDatabase({ kind: 'sqlite', path });
		databases.push(database);
		const bus = embeddedBus(database, { leaseMs: 1000, ...options });
		buses.push(bus);
		return { bus, database };
	};

	const stored = async (database: Database) =>
		(await database.read(async (query) => await query('SELECT id FROM bus_message'))).length;

	it('has no more in a batch than fits into memory, however long the messages are', async () => {
		const { bus } = await open();
		const payload = 'x'.repeat(512 * 1024);
		const messages = Array.from({ length: 50 }, (_, key) => ({ key: String(key), payload }));
		await bus.publish('feed', messages);
		const collector = await collect(bus, 'feed', { batchSize: 1000, from: 'start' });
		await eventually(
			() => collector.messages.length >= 50,
			() => collector.batchSizes,
		);
		expect(Math.max(...collector.batchSizes)).toBeLessThanOrEqual(40);
		expect(collector.batchSizes.length).toBeLessThanOrEqual(3);
	});

	it('carries messages from one process to another', async () => {
		const { bus } = await open();
		const collector = await collect(bus, 'feed');
		const child = peer.spawn(
			{ transport: { kind: 'embedded' }, store: { kind: 'sqlite', path } },
			'publish',
			'feed',
			250,
		);
		await once(child, 'exit');
		await eventually(() => collector.messages.length >= 250, collector.payloads);
		expect(collector.payloads()).toEqual(numbered(250).map(({ payload }) => payload));
	});

	it('hears at once what another thread of its process publishes', async () => {
		const { bus } = await open({ pollMs: 600_000 });
		const collector = await collect(bus, 'feed');
		const options = { transport: { kind: 'embedded' }, store: { kind: 'sqlite', path } } as const;
		await peer.runThread(options, 'publish', 'feed', 30);
		await eventually(() => collector.messages.length >= 30, collector.payloads);
		expect(collector.payloads()).toEqual(numbered(30).map(({ payload }) => payload));
	});

	it('refuses the acknowledgement of who lost the lease', async () => {
		const { bus: slow } = await open();
		let finish = () => {};
		let refusal: unknown;
		await collect(slow, 'feed', {
			onBatch: async (batch) => {
				if (refusal) return await batch.ack();
				await new Promise<void>((resolve) => (finish = resolve));
				await batch.ack().catch((error: unknown) => (refusal = error));
			},
		});
		await slow.publish('feed', numbered(3));
		await wait(100);
		const { bus: other } = await open({ now: () => Date.now() + 3_600_000 });
		const collector = await collect(other, 'feed');
		await eventually(() => collector.messages.length === 3, collector.payloads);
		finish();
		await eventually(
			() => refusal !== undefined,
			() => refusal,
		);
		expect(refusal).toBeInstanceOf(LeaseLostError);
	});

	it('removes what all groups have acknowledged, and reads on after that', async () => {
		let skippedMs = 0;
		const { bus, database } = await open({ now: () => Date.now() + skippedMs });
		const one = await collect(bus, 'feed', { group: 'one' });
		const two = await collect(bus, 'feed', { group: 'two' });
		await bus.publish('feed', numbered(250));
		await eventually(() => one.messages.length + two.messages.length === 500, one.payloads);
		skippedMs += 61_000;
		await bus.publish('feed', numbered(1));
		await eventually(() => one.messages.length + two.messages.length === 502, one.payloads);
		await wait(100);
		expect(await stored(database)).toBeLessThanOrEqual(1);
		skippedMs += 61_000;
		await bus.publish('feed', numbered(1));
		await wait(150);
		skippedMs += 61_000;
		await bus.publish('feed', numbered(2));
		await eventually(() => one.messages.length + two.messages.length === 508, one.payloads);
		expect(one.messages).toHaveLength(254);
	});

	it('keeps for the retention time what a group has not acknowledged', async () => {
		let skippedMs = 0;
		const { bus, database } = await open({ now: () => Date.now() + skippedMs });
		const absent = await collect(bus, 'feed', { group: 'absent' });
		await absent.subscription.close();
		await collect(bus, 'feed', { group: 'present' });
		await bus.publish('feed', numbered(20));
		skippedMs = 6 * DAY_MS;
		await bus.publish('feed', numbered(1));
		await wait(150);
		expect(await stored(database)).toBe(21);
		skippedMs = 8 * DAY_MS;
		await bus.publish('feed', numbered(1));
		await wait(150);
		expect(await stored(database)).toBe(2);
		const back = await collect(bus, 'feed', { group: 'absent' });
		await eventually(() => back.messages.length === 2, back.payloads);
	});

	it('says that the store is gone, and publishes nothing then', async () => {
		const { bus, database } = await open();
		const collector = await collect(bus, 'feed');
		await database.close();
		await expect(bus.publish('feed', numbered(1))).rejects.toMatchObject({
			name: 'BusUnavailableError',
			hint: expect.stringContaining('Open it again'),
		});
		await eventually(
			() => collector.states.length === 2,
			() => collector.states,
		);
		expect(collector.states[1]?.up).toBe(false);
	});
});
