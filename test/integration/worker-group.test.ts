import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisStreamsBus } from '../../src/adapters/bus/redis-streams';
import { openStore, type TypeOrmStore } from '../../src/adapters/store/open-store';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { createRule } from '../../src/app/records/rules';
import { createVehicle } from '../../src/app/records/vehicles';
import { eventually } from '../e2e/tools/eventually';
import { type PostgresService, startPostgres } from '../lib/services/postgres';
import { describeWith, type RedisService, startRedis } from '../lib/services/redis';
import { killWorkers, startWorkerProcess, type WorkerProcess } from './worker-lib';

const VEHICLES = 50;
const MESSAGES = 10_000;
const PARTITIONS = 4;
/** How soon the messages of a killed worker are another's. */
const LEASE_MS = 2000;

describeWith('redis', 'workers that share a group', () => {
	describeWith('postgres', 'over Redis Streams, on PostgreSQL', () => {
		let postgres: PostgresService;
		let redis: RedisService;
		let folder: string;
		let store: TypeOrmStore;
		let bus: MessageBus;
		let feed: string;
		let tests = 0;

		beforeAll(async () => {
			[postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
			folder = await mkdtemp(join(tmpdir(), 'fleet-workers-'));
		}, 60_000);
		beforeEach(async () => {
			feed = `test-${++tests}`;
			const { host, port, database, user, password } = postgres;
			const options = {
				kind: 'postgres',
				host,
				port,
				database,
				user,
				password,
				schema: `test${tests}`,
			} as const;
			store = await openStore(options);
			bus = redisStreamsBus({ host: redis.host, port: redis.port, partitions: PARTITIONS });
			const transport = {
				...{ kind: 'redisStreams', host: redis.host, port: redis.port },
				...{ partitions: PARTITIONS, leaseMs: LEASE_MS },
			};
			const feeds = [{ feed, transport, batchSize: 100 }];
			await writeFile(join(folder, 'worker.json'), JSON.stringify({ store: options, feeds }));
			const fleet = { store, clock: Date.now };
			for (let index = 0; index < VEHICLES; index++) await createVehicle(fleet, { plate: `V ${index}` });
			await createRule(fleet, {
				name: 'Every hundredth',
				pattern: { attribute: 'count', operator: 'gte', value: 100 },
				clear: { attribute: 'count', operator: 'lt', value: 100 },
				actions: [{ type: 'createTask', title: 'Look after {{vehicle.plate}}' }],
			});
		});
		afterEach(async () => {
			killWorkers();
			await bus.close();
			await store.close();
		});
		afterAll(async () => {
			await redis.stop();
			await postgres.stop();
			await rm(folder, { recursive: true });
		});

		/** The vehicles in turn; each counts its messages from 0 to 199. */
		const publish = async (pauseMs = 0) => {
			const startedAt = Date.now() - 3_600_000;
			for (let first = 0; first < MESSAGES; first += 500) {
				const messages = Array.from({ length: 500 }, (_, offset) => {
					const index = first + offset;
					const vehicle = `V ${index % VEHICLES}`;
					const count = Math.floor(index / VEHICLES);
					const message = {
						...{ messageId: `m-${index}`, vehicle, reportedAt: startedAt + index * 100 },
						attributes: { count },
					};
					return { key: vehicle, payload: JSON.stringify(message) };
				});
				await bus.publish(feed, messages);
				await new Promise((resolve) => setTimeout(resolve, pauseMs));
			}
		};
		const startWorkers = async (count: number): Promise<WorkerProcess[]> => {
			const file = join(folder, 'worker.json');
			const workers = Array.from({ length: count }, (_, index) =>
				startWorkerProcess(['--config', file, '--name', `worker-${index}`, '--log', 'json']),
			);
			await eventually('the workers read', () =>
				workers.every((worker) => worker.output().includes('is read')),
			);
			return workers;
		};
		const taken = async () =>
			await store.database.read(async (query) => {
				const [row] = await query('SELECT count(*) AS n FROM status_history');
				return Number(row?.n);
			});
		const untilTaken = async (count: number) =>
			await eventually(`${count} are taken`, async () => (await taken()) >= count, 60_000);
		/** How many messages a worker has said to have accepted when it stopped. */
		const acceptedBy = (worker: WorkerProcess) => Number(/"accepted":(\d+)/.exec(worker.output())?.[1] ?? 0);
		const stop = async (worker: WorkerProcess) => {
			worker.signal('SIGTERM');
			expect(await worker.ended).toBe(0);
		};

		async function expectEachOnceInOrder(): Promise<void> {
			const rows = await store.database.read(
				async (query) => await query('SELECT "vehicleId", "messageId" FROM status_history ORDER BY id'),
			);
			expect(rows).toHaveLength(MESSAGES);
			expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(MESSAGES);
			const vehicleIds = new Set(rows.map(({ vehicleId }) => vehicleId));
			expect(vehicleIds.size).toBe(VEHICLES);
			for (const id of vehicleIds) {
				const history = rows.filter(({ vehicleId }) => vehicleId === id);
				const numbers = history.map(({ messageId }) => Number(String(messageId).slice(2)));
				expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
			}
			const { firings, tasks } = await store.read(async (session) => ({
				firings: await session.firings.count(),
				tasks: await session.tasks.count(),
			}));
			expect({ firings, tasks }).toEqual({ firings: VEHICLES, tasks: VEHICLES });
		}

		it('take each message once, each vehicle in its order, all of them at work', async () => {
			const workers = await startWorkers(2);
			// Partitions settle with both of them before the messages come.
			await new Promise((resolve) => setTimeout(resolve, 2 * LEASE_MS));
			await publish();
			await untilTaken(MESSAGES);
			for (const worker of workers) await stop(worker);
			await expectEachOnceInOrder();
			const shares = workers.map(acceptedBy);
			expect(shares.reduce((sum, share) => sum + share, 0)).toBe(MESSAGES);
			expect(Math.min(...shares)).toBeGreaterThan(0);
		}, 120_000);

		it('lose nothing when one is stopped, and the other goes on', async () => {
			const [one, other] = await startWorkers(2);
			const publishing = publish(100);
			await untilTaken(1000);
			if (one === undefined || other === undefined) throw new Error('two workers were started');
			await stop(one);
			expect(await taken()).toBeLessThan(MESSAGES);
			await publishing;
			await untilTaken(MESSAGES);
			await stop(other);
			await expectEachOnceInOrder();
			expect(acceptedBy(one) + acceptedBy(other)).toBe(MESSAGES);
		}, 120_000);

		it('take over what one had in hand that was killed', async () => {
			const [one, other] = await startWorkers(2);
			const publishing = publish(100);
			await untilTaken(1000);
			if (one === undefined || other === undefined) throw new Error('two workers were started');
			one.signal('SIGKILL');
			expect(await one.ended).toBeNull();
			expect(await taken()).toBeLessThan(MESSAGES);
			await publishing;
			await untilTaken(MESSAGES);
			await stop(other);
			await expectEachOnceInOrder();
		}, 120_000);
	});
});
