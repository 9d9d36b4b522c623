import { setImmediate as giveWay } from 'node:timers/promises';
import type { FleetStore } from '../ports/store';
import type { ScannedReport } from '../ports/store-statuses';
import type { SmallSteps } from './small-steps';

const ROWS_AT_ONCE = 1000;

export interface ReportRange {
	readonly vehicleIds: readonly number[];
	/** Of `reportedAt`, both included. */
	readonly from: number;
	readonly to: number;
}

export interface RemovedReports {
	readonly removed: number;
	/** False when time ran out. */
	readonly isWhole: boolean;
	/** Vehicles up to this id are done. */
	readonly throughVehicleId: number;
}

/** Reads reports vehicle by vehicle in the order of their times and removes those whose ids `choose` answers. */
export async function removeReports(
	store: FleetStore,
	steps: SmallSteps,
	range: ReportRange,
	choose: (report: ScannedReport) => readonly number[],
): Promise<RemovedReports> {
	let chosen: number[] = [];
	let removed = 0;
	const removeDownTo = async (most: number) => {
		while (chosen.length > most) {
			const some = chosen.slice(0, steps.size);
			chosen = chosen.slice(some.length);
			removed += await steps.write(async ({ retention }) => await retention.removeReports(some));
		}
	};
	for await (const page of readReports(store, range)) {
		for (const report of page) for (const id of choose(report)) chosen.push(id);
		if (steps.isOver) {
			await removeDownTo(0);
			return { removed, isWhole: false, throughVehicleId: (page.at(-1)?.vehicleId ?? 0) - 1 };
		}
		await removeDownTo(steps.size);
	}
	await removeDownTo(0);
	return { removed, isWhole: true, throughVehicleId: Math.max(0, ...range.vehicleIds) };
}

/** Outside of any write, so that a long history holds nobody up. */
async function* readReports(
	store: FleetStore,
	range: ReportRange,
): AsyncGenerator<readonly ScannedReport[], void> {
	let after: ScannedReport | null = null;
	for (;;) {
		const request = { ...range, after, limit: ROWS_AT_ONCE };
		const page: ScannedReport[] = await store.read(async ({ statuses }) => await statuses.scan(request));
		if (page.length > 0) yield page;
		if (page.length < ROWS_AT_ONCE) return;
		after = page.at(-1) ?? null;
		await giveWay();
	}
}

/** Ids of the next vehicles after `after`, in their order; none at the end. */
export async function nextVehicles(store: FleetStore, after: number): Promise<number[]> {
	const query = { range: { field: 'id', from: after + 1 }, limit: 50 } as const;
	return (await store.read(async ({ vehicles }) => await vehicles.find(query))).map(({ id }) => id);
}
