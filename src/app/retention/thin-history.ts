import { HOUR_MS, reportThinner } from '../../domain/thin-reports';
import type { FleetStore } from '../ports/store';
import type { ThinningProgress } from '../ports/store-operations';
import { nextVehicles, removeReports, type ReportRange } from './remove-reports';
import type { SmallSteps } from './small-steps';

type Running = NonNullable<ThinningProgress['running']>;
type Done = Pick<ThinningProgress, 'until' | 'throughId'>;

export interface Cleaned {
	readonly removed: number;
	/** False when time ran out: the next call goes on where this one stopped. */
	readonly isComplete: boolean;
}

const ARRIVALS_AT_ONCE = 2000;
/** The earliest time that there is. */
export const BEGINNING = -8_640_000_000_000_000;

/**
 * Thins what was reported before `until`: see `reportThinner`. Hours that were thinned before are looked at again
 * only where reports came later. Killed at any moment and run again, it leaves the same.
 */
export async function thinHistory(store: FleetStore, steps: SmallSteps, until: number): Promise<Cleaned> {
	// Fixed, since a feed that goes on adds to the history all the time.
	const target = {
		until: Math.floor(until / HOUR_MS) * HOUR_MS,
		throughId: await store.read(async ({ retention }) => await retention.newestReportId()),
	};
	let removed = 0;
	for (;;) {
		const progress = await store.read(async ({ retention }) => await retention.thinning());
		const done = progress ?? { until: BEGINNING, throughId: 0 };
		const running = progress?.running ?? nextPart(done, target);
		if (running === null) return { removed, isComplete: true };
		const part = await thinPart(store, steps, done, running);
		removed += part.removed;
		if (!part.isComplete) return { removed, isComplete: false };
		const next = { until: running.until, throughId: running.throughId, running: null };
		await steps.write(async ({ retention }) => await retention.saveThinning(next));
	}
}

/** What has become old, or has come, since the last time; null for nothing. */
function nextPart(done: Done, target: Done): Running | null {
	const until = Math.max(done.until, target.until);
	if (until === done.until && target.throughId <= done.throughId) return null;
	// Before the first time nothing can be late.
	const lateThroughId = done.until === BEGINNING ? target.throughId : done.throughId;
	return { until, throughId: target.throughId, lateThroughId, vehicleId: 0 };
}

async function thinPart(
	store: FleetStore,
	steps: SmallSteps,
	done: Done,
	running: Running,
): Promise<Cleaned> {
	let { lateThroughId, vehicleId } = running;
	let removed = 0;
	const thin = async (range: ReportRange) => {
		const thinner = reportThinner();
		const part = await removeReports(store, steps, range, (report) => thinner.take(report));
		removed += part.removed;
		return part;
	};
	const note = async () => {
		const progress = { ...done, running: { ...running, lateThroughId, vehicleId } };
		await steps.write(async ({ retention }) => await retention.saveThinning(progress));
	};

	while (lateThroughId < running.throughId) {
		const arrived = await nextArrivals(store, lateThroughId, running.throughId, done.until);
		for (const range of arrived.hours) {
			if (!(await thin(range)).isWhole) return { removed, isComplete: false };
		}
		lateThroughId = arrived.throughId;
		await note();
	}
	for (;;) {
		const vehicleIds = done.until < running.until ? await nextVehicles(store, vehicleId) : [];
		if (vehicleIds.length === 0) return { removed, isComplete: true };
		const part = await thin({ vehicleIds, from: done.until, to: running.until - 1 });
		vehicleId = Math.max(vehicleId, part.throughVehicleId);
		await note();
		if (!part.isWhole || steps.isOver) return { removed, isComplete: false };
	}
}

/** The hours before `until` into which reports came, of the next arrivals. */
async function nextArrivals(
	store: FleetStore,
	after: number,
	through: number,
	until: number,
): Promise<{ readonly hours: ReportRange[]; readonly throughId: number }> {
	const page = { after, through, limit: ARRIVALS_AT_ONCE };
	const arrivals = await store.read(async ({ retention }) => await retention.arrivals(page));
	const hours = new Map<string, ReportRange>();
	for (const { vehicleId, reportedAt } of arrivals) {
		const from = Math.floor(reportedAt / HOUR_MS) * HOUR_MS;
		if (from < until)
			hours.set(`${vehicleId} ${from}`, { vehicleIds: [vehicleId], from, to: from + HOUR_MS - 1 });
	}
	const throughId = arrivals.length < ARRIVALS_AT_ONCE ? through : (arrivals.at(-1)?.id ?? through);
	return { hours: [...hours.values()], throughId };
}
