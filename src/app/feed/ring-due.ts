import type { FleetStore } from '../ports/store';
import { loadRuns } from './load-runs';
import type { RuleSetCache } from './rule-set-cache';
import type { RunMemory } from './run-memory';
import { ringVehicle, timersDueUntil } from './run-vehicle';
import { settleRuns, type Settled } from './settle-runs';

/** Vehicles in one transaction: batches of messages get their turn in between. */
const VEHICLES_AT_ONCE = 500;
/** Of one call: what is left is due at the next one. */
const MAX_ROUNDS = 20;

export interface Ringing {
	readonly store: FleetStore;
	readonly now: number;
	readonly rules: RuleSetCache;
	readonly memory: RunMemory;
	readonly allowedDelayMs: number;
}

/** Rings for the vehicles that are due, those waiting longest first; see `FeedProcessor.ring`. */
export async function ringDue(ringing: Ringing): Promise<Pick<Settled, 'fired' | 'cleared'>> {
	const fired: Settled['fired'][number][] = [];
	const cleared: Settled['cleared'][number][] = [];
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const vehicleIds = await dueVehicles(ringing);
		if (vehicleIds.length === 0) break;
		try {
			const { hasMoved, settled } = await ringVehicles(ringing, vehicleIds);
			for (const report of settled.fired) fired.push(report);
			for (const report of settled.cleared) cleared.push(report);
			// Due, and yet nothing to be done: a timer that must not ring past a report that waits.
			if (!hasMoved) break;
		} catch (error) {
			// What was committed before has to be told; the error comes again with the next call.
			if (round === 0) throw error;
			break;
		}
	}
	return { fired, cleared };
}

async function dueVehicles({ store, now, allowedDelayMs }: Ringing): Promise<number[]> {
	return await store.readFeed(async ({ rules, backlogs }) => {
		const timers = await rules.dueVehicles(timersDueUntil(now, allowedDelayMs), VEHICLES_AT_ONCE);
		const waiting = await backlogs.dueVehicles(now, VEHICLES_AT_ONCE);
		return [...new Set([...timers, ...waiting])];
	});
}

async function ringVehicles(
	{ store, now, rules, memory, allowedDelayMs }: Ringing,
	vehicleIds: readonly number[],
): Promise<{ hasMoved: boolean; settled: Settled }> {
	return await store.writeFeed(async (session) => {
		const known = await memory.begin(session);
		const { ruleSet, readsRecords } = await rules.current(session);
		const missing = vehicleIds.filter((id) => !known.runs.has(id));
		const vehicles = await session.vehicles.getMany(missing);
		await loadRuns(session, [...vehicles.values()], known.runs, {
			needsCustomers: readsRecords,
			mayWait: true,
		});
		const runs = vehicleIds.flatMap((id) => known.runs.get(id) ?? []);
		const waitingBefore = new Map(runs.map(({ vehicle, waiting }) => [vehicle.id, waiting.length]));
		for (const run of runs) ringVehicle(run, ruleSet, { now, allowedDelayMs });
		const hasMoved = runs.some(
			({ vehicle, rules: { changed }, waiting }) =>
				changed.size > 0 || waiting.length !== waitingBefore.get(vehicle.id),
		);
		const settled = await settleRuns(session, runs, now);
		if (!settled.hasEndedRules) known.keep();
		return { hasMoved, settled };
	});
}
