import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setImmediate as giveWay } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import type { ScannedReport } from '../../src/app/ports/store-statuses';
import { pruneFleet } from '../../src/app/retention/prune-fleet';
import { feedFixture, type FeedFixture, report, START } from '../lib/feed-fixture';
import { keptOfHours } from '../lib/thinning-reference';
import { addVehicles } from '../lib/add-vehicles';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const VEHICLES = 70;
const OPTIONS = { thinHistoryDays: 90 };
/** How long each run but the last may go on after its start. */
const LIVES_MS = [30, 60, 100, 150, 250];

/** Always the same numbers, spread evenly. */
const mixed = (number: number) => (Math.imul(number, 2_654_435_761) >>> 0) % 1000;

async function fleetWithHistory(perVehicle: number): Promise<FeedFixture> {
	const fixture = await feedFixture();
	await fixture.store.write(async (session) => {
		const entries = Array.from({ length: VEHICLES }, (_, index) => ({ externalId: `truck-${index}` }));
		await addVehicles(session, entries, START);
	});
	await append(fixture, perVehicle, -100 * DAY, 'old');
	return fixture;
}

/** Reports of all vehicles, half a minute apart from `from` after the start on, not quite in their order. */
async function append({ store }: FeedFixture, count: number, from: number, name: string): Promise<void> {
	for (let vehicleId = 1; vehicleId <= VEHICLES; vehicleId++) {
		const reports = Array.from({ length: count }, (_, index) => ({
			vehicleId,
			feed: 'f',
			messageId: `${name}-${index}`,
			reportedAt: START + from + ((index * 7) % count) * 30_000,
			sequence: index % 3,
			receivedAt: START,
			position: null,
			attributes: {
				speed: mixed(index * 31 + vehicleId),
				...(index % 4 === 0 ? { fuelLevel: mixed(index) } : {}),
			},
			isLate: false,
		}));
		await store.write(async ({ statuses }) => await statuses.append(reports));
	}
}

async function history({ store }: FeedFixture): Promise<ScannedReport[]> {
	const range = { from: 0, to: START + DAY, after: null, limit: 1_000_000 };
	return await store.read(async ({ statuses }) => await statuses.scan(range));
}

/** What is to be left of reports when those of before `until` are thinned. */
function expectedOf(reports: readonly ScannedReport[], until: number): number[] {
	const old = reports.filter(({ reportedAt }) => reportedAt < until);
	const young = reports.filter(({ reportedAt }) => reportedAt >= until);
	return [...keptOfHours(old), ...young.map(({ id }) => id)].sort((a, b) => a - b);
}

const idsOf = (reports: readonly ScannedReport[]) => reports.map(({ id }) => id).sort((a, b) => a - b);

describe('cleaning a fleet up', () => {
	let fixture: FeedFixture;
	afterEach(() => fixture.close());

	it('thins night by night what has become old, and what comes late into hours that are thin', async () => {
		fixture = await fleetWithHistory(150);
		const nights = [0, 10 * HOUR, 12 * HOUR, 10 * DAY + HOUR / 2];
		for (const night of nights) {
			await append(fixture, 40, -100 * DAY + night / 2, `late-${night}`);
			const now = START + night;
			const before = await history(fixture);
			const expected = expectedOf(before, Math.floor((now - 90 * DAY) / HOUR) * HOUR);
			const { historyThinned, isComplete } = await pruneFleet(
				{ ...fixture.fleet, clock: () => now },
				OPTIONS,
			);
			expect(isComplete).toBe(true);
			const after = idsOf(await history(fixture));
			expect(after).toEqual(expected);
			expect(historyThinned).toBe(before.length - after.length);
			expect(historyThinned).toBeGreaterThan(0);
		}
	});

	it('goes on with the next call when time ran out', async () => {
		fixture = await fleetWithHistory(100);
		const expected = expectedOf(await history(fixture), START - 90 * DAY);
		let now = START;
		const clock = () => (now += 1000);
		let calls = 1;
		while (!(await pruneFleet({ ...fixture.fleet, clock }, { ...OPTIONS, maxMinutes: 8 / 60 })).isComplete)
			calls++;
		expect(calls).toBeGreaterThan(1);
		expect(idsOf(await history(fixture))).toEqual(expected);
	});

	it('lets a feed take its messages meanwhile', async () => {
		fixture = await fleetWithHistory(200);
		const pruning = pruneFleet(fixture.fleet, OPTIONS);
		let batches = 0;
		let isOver = false;
		void pruning.finally(() => (isOver = true));
		while (!isOver) {
			const result = await fixture.feed(report(`truck-${batches % VEHICLES}`, -batches / 1000, { speed: 1 }));
			expect(result.accepted).toBe(1);
			batches++;
			await giveWay();
		}
		expect(batches).toBeGreaterThan(5);
		expect((await pruning).historyThinned).toBeGreaterThan(0);
	});

	it('leaves the same when it was killed at any moment and run again', async () => {
		fixture = await fleetWithHistory(400);
		const expected = expectedOf(await history(fixture), START - 90 * DAY);
		const child = join(dirname(fixture.path), 'child.cjs');
		buildSync({
			entryPoints: [join(__dirname, 'prune-child.ts')],
			...{ bundle: true, platform: 'node', packages: 'external', outfile: child, logLevel: 'error' },
		});
		/** True when it was killed. */
		const run = async (livesMs: number | undefined): Promise<boolean> => {
			const env = { ...process.env, NODE_PATH: join(__dirname, '../../node_modules') };
			const args = [child, fixture.path, String(START)];
			const running = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
			running.stdout.once('data', () => {
				if (livesMs !== undefined) setTimeout(() => running.kill('SIGKILL'), livesMs);
			});
			const [code, signal] = (await once(running, 'close')) as [number | null, string | null];
			if (signal === null) expect(code).toBe(0);
			return signal === 'SIGKILL';
		};
		let kills = 0;
		const sizes = [(await history(fixture)).length];
		while (await run(LIVES_MS[kills])) {
			kills++;
			sizes.push((await history(fixture)).length);
		}
		expect(kills).toBeGreaterThan(2);
		expect(new Set(sizes).size).toBeGreaterThan(2);
		expect(idsOf(await history(fixture))).toEqual(expected);
	}, 60_000);
});
