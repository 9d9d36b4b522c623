import { feedProcessor } from '../../src/app/feed/process-batch';
import { createRule } from '../../src/app/records/rules';
import { AT, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

const VEHICLES = 12;
const ROUNDS = 30;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves for each of so many callers once all of them have come, or to false after a while. */
function meeting(count: number, withinMs: number): () => Promise<boolean> {
	let come = 0;
	let meet = () => {};
	const met = new Promise<boolean>((resolve) => (meet = () => resolve(true)));
	return async () => {
		if (++come === count) meet();
		return await Promise.race([met, pause(withinMs).then(() => false)]);
	};
}

describeStores('feeds that write', (use) => {
	const isSqlite = () => use().options.kind === 'sqlite';

	beforeEach(async () => {
		await use().store.write(async ({ vehicles }) => {
			for (let i = 1; i <= VEHICLES; i++) await vehicles.create(vehicleFields({ plate: `A ${i}` }), AT);
		});
	});

	it('write side by side for different vehicles on PostgreSQL, even of one store', async () => {
		const { store, openAnother } = use();
		const meet = meeting(3, isSqlite() ? 50 : 20_000);
		const stores = [store, store, await openAnother()];
		const met = await Promise.all(
			stores.map((one, index) =>
				one.writeFeed(async ({ feedLocks }) => {
					await feedLocks.takeVehicles([index + 1, index + 4]);
					return await meet();
				}),
			),
		);
		expect(met.filter(Boolean)).toHaveLength(isSqlite() ? 1 : 3);
	});

	it('write one after the other for one vehicle, in whatever order they name their vehicles', async () => {
		const stores = [use().store, await use().openAnother(), use().store];
		let inside = 0;
		const most = await Promise.all(
			Array.from({ length: 12 }, (_, index) =>
				(stores[index % 3] ?? use().store).writeFeed(async ({ feedLocks, logs }) => {
					await feedLocks.takeVehicles(index % 2 === 0 ? [7, 3, index % 4] : [(index % 4) + 8, 7]);
					const now = ++inside;
					const before = await logs.count();
					await pause(2);
					await logs.append([{ at: before, level: 'info', message: 'x', vehicleId: 7, firingId: null }]);
					inside--;
					return now;
				}),
			),
		);
		expect(most).toEqual(most.map(() => 1));
		const seen = (await use().store.read(({ logs }) => logs.find())).map(({ at }) => at);
		expect(seen).toEqual(seen.map((_, index) => index));
	});

	it('keep out every other write, and are kept out by it', async () => {
		const { store, openAnother } = use();
		const other = await openAnother();
		let feeds = 0;
		let writes = 0;
		const overlaps: boolean[] = [];
		await Promise.all(
			Array.from({ length: 20 }, (_, index) =>
				index % 4 === 0
					? other.write(async ({ logs }) => {
							writes++;
							overlaps.push(feeds > 0);
							await logs.count();
							await pause(2);
							overlaps.push(feeds > 0);
							writes--;
						})
					: (index % 2 === 0 ? store : other).writeFeed(async ({ feedLocks, logs }) => {
							feeds++;
							await feedLocks.takeVehicles([(index % VEHICLES) + 1]);
							await logs.count();
							overlaps.push(writes > 0);
							feeds--;
						}),
			),
		);
		expect(overlaps).toEqual(overlaps.map(() => false));
	});

	it('commit in the order of the events that they tell', async () => {
		const committed: number[] = [];
		const tell = async (vehicleId: number, thenMs: number) => {
			await use().store.writeFeed(async ({ feedLocks, events }) => {
				await feedLocks.takeVehicles([vehicleId]);
				await events.append([{ type: 'ruleFired', at: AT, recordId: vehicleId, record: { id: vehicleId } }]);
				await pause(thenMs);
			});
			committed.push(vehicleId);
		};
		await Promise.all([tell(1, 200), pause(50).then(() => tell(2, 0))]);
		expect(committed).toEqual([1, 2]);
	});

	it('do work that concerns the whole store anew, alone', async () => {
		const kinds: string[] = [];
		const result = await use().store.writeFeed(async ({ feedLocks, logs }) => {
			kinds.push('begun');
			await logs.append([{ at: 0, level: 'info', message: 'once', vehicleId: null, firingId: null }]);
			feedLocks.takeStore();
			return 'done';
		});
		expect([result, kinds.length]).toEqual(['done', isSqlite() ? 1 : 2]);
		expect(await use().store.read(({ logs }) => logs.count())).toBe(1);
	});

	it('take each message once and never lock each other out, however their vehicles and messages overlap', async () => {
		const stores = [use().store, await use().openAnother(), await use().openAnother()];
		await createRule(
			{ store: use().store, clock: () => AT },
			{
				name: 'Low fuel',
				pattern: { attribute: 'fuelLevel', operator: 'lt', value: 50 },
				actions: [
					{ type: 'createTask', title: 'Refuel', completeOnClear: true },
					{ type: 'storeLog', message: 'x' },
				],
			},
		);
		let now = AT;
		const processors = stores.map((store) => feedProcessor({ store, clock: () => now }, { feed: 'f' }));
		const random = (below: number) => Math.floor(Math.random() * below);
		const sent = new Set<string>();
		const message = (round: number) => {
			// One in ten is of a vehicle that is not there, and two processors often send the same.
			const [vehicle, step] = [random(VEHICLES + 1) + 1, random(3)];
			const messageId = `${round}-${vehicle}-${step}`;
			if (vehicle <= VEHICLES) sent.add(messageId);
			const attributes = {
				fuelLevel: (vehicle * 31 + round * 17 + step * 43) % 100,
				[`a${random(20)}`]: step,
			};
			return {
				payload: JSON.stringify({
					messageId,
					vehicle: `A ${vehicle}`,
					reportedAt: AT + round * 10 + step,
					attributes,
				}),
			};
		};
		let isOver = false;
		const events = followEvents(() => isOver);
		let accepted = 0;
		let fired = 0;
		for (let round = 0; round < ROUNDS; round++) {
			now = AT + round * 10;
			const results = await Promise.all(
				processors.map((processor) => processor.process(Array.from({ length: 15 }, () => message(round)))),
			);
			for (const result of results) {
				accepted += result.accepted;
				fired += result.fired.length;
			}
		}
		isOver = true;
		expect(accepted).toBe(sent.size);
		const { ids, firings, current } = await use().store.read(async (session) => ({
			ids: (await use().store.database.read((query) => query('SELECT id FROM bus_message ORDER BY id'))).map(
				({ id }) => id,
			),
			firings: await session.firings.find(),
			current: await session.statuses.current(Array.from({ length: VEHICLES }, (_, index) => index + 1)),
		}));
		// A reader that follows the ids misses none: they rise in the order of the commits.
		expect(await events).toEqual(ids);
		expect(firings).toHaveLength(fired);
		for (const [vehicleId, { reportedAt, attributes }] of current) {
			const open = firings.filter((one) => one.vehicleId === vehicleId && one.clearedAt === null);
			expect(open).toHaveLength(Number(attributes.fuelLevel) < 50 ? 1 : 0);
			expect(reportedAt).toBeGreaterThanOrEqual(AT);
		}
	});

	/** The ids of the embedded bus, as a reader sees them that never looks back. */
	async function followEvents(isOver: () => boolean): Promise<unknown[]> {
		const seen: unknown[] = [];
		for (let isLast = false; ; isLast = isOver()) {
			const rows = await use().store.database.read((query) =>
				query('SELECT id FROM bus_message WHERE id > ? ORDER BY id', [Number(seen.at(-1) ?? 0)]),
			);
			seen.push(...rows.map(({ id }) => id));
			if (isLast) return seen;
			await pause(1);
		}
	}
});
