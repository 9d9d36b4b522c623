import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import type { StoreSession } from '../../src/app/ports/store';
import { createRule } from '../../src/app/records/rules';
import { feedFixture, START, type FeedFixture } from '../lib/feed-fixture';
import { addVehicles } from '../lib/add-vehicles';

const BATCHES = 120;
/** How long each run but the last may go on after its start. */
const LIVES_MS = [20, 60, 110, 240, 400];

const log = (message: string) => ({ type: 'storeLog', message });

async function fleetWithTimers(): Promise<FeedFixture> {
	const fixture = await feedFixture();
	await fixture.store.write(async (session) => {
		const entries = Array.from({ length: 20 }, (_, index) => ({ externalId: `truck-${index}` }));
		await addVehicles(session, entries, START);
	});
	for (const rule of [
		{ name: 'Silent', pattern: { absent: { forSeconds: 300 } }, fire: { remindEverySeconds: 240 } },
		{ name: 'Idle', pattern: { holds: { attribute: 'speed', operator: 'eq', value: 0 }, forSeconds: 330 } },
		{ name: 'Low fuel', pattern: { attribute: 'fuelLevel', operator: 'lt', value: 5 } },
	]) {
		await createRule(fixture.fleet, {
			...rule,
			escalations: [{ severity: 'critical', afterSeconds: 200 }],
			actions: [log(rule.name), { type: 'createTask', title: rule.name, completeOnClear: true }],
		});
	}
	return fixture;
}

/** All that the feed brought about, without the numbers and times that the moment of writing gives. */
async function contents(session: StoreSession) {
	const firings = await session.firings.find();
	const firingOf = new Map(
		firings.map((firing) => [firing.id, `${firing.ruleName} ${firing.vehicleId} ${firing.openedAt}`]),
	);
	const actions = await session.actions.find();
	const states = await session.rules.states(Array.from({ length: 20 }, (_, index) => index + 1));
	return {
		firings: firings.map(({ id: _id, ...firing }) => JSON.stringify(firing)).sort(),
		actions: actions
			.map(({ firingId, position, occurredAt }) => `${firingOf.get(firingId)} ${position} ${occurredAt}`)
			.sort(),
		tasks: (await session.tasks.find())
			.map(({ firingId, state }) => `${firingOf.get(firingId ?? 0)} ${state}`)
			.sort(),
		logs: await session.logs.count(),
		states: states
			.map(({ firingId, ...state }) => JSON.stringify([firingOf.get(firingId ?? 0), state]))
			.sort(),
	};
}

test('a feed that is killed at any moment goes on, timers and all, as if it never had been', async () => {
	const [unkilled, killed] = [await fleetWithTimers(), await fleetWithTimers()];
	const child = join(dirname(killed.path), 'child.cjs');
	buildSync({
		entryPoints: [join(__dirname, 'feed-child.ts')],
		...{ bundle: true, platform: 'node', packages: 'external', outfile: child, logLevel: 'error' },
	});
	/** Runs the child; true when it was killed. */
	const run = async (fixture: FeedFixture, livesMs: number | undefined): Promise<boolean> => {
		const env = { ...process.env, NODE_PATH: join(__dirname, '../../node_modules') };
		const args = [child, dirname(fixture.path), String(BATCHES)];
		const running = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
		running.stdout.once('data', () => {
			if (livesMs !== undefined) setTimeout(() => running.kill('SIGKILL'), livesMs);
		});
		const [code, signal] = (await once(running, 'close')) as [number | null, string | null];
		if (signal === null) expect(code).toBe(0);
		return signal === 'SIGKILL';
	};
	try {
		await run(unkilled, undefined);
		let kills = 0;
		while (await run(killed, LIVES_MS[kills])) kills++;
		expect(kills).toBeGreaterThan(2);
		const expected = await unkilled.store.read(contents);
		expect(expected.firings.length).toBeGreaterThan(40);
		expect(expected.actions.length).toBeGreaterThan(expected.firings.length * 2);
		expect(expected.tasks.filter((task) => task.endsWith('complete')).length).toBeGreaterThan(20);
		expect(await killed.store.read(contents)).toEqual(expected);
	} finally {
		await Promise.all([unkilled.close(), killed.close()]);
	}
}, 90_000);
