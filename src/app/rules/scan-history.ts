import { setImmediate } from 'node:timers/promises';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { ScannedReport } from '../ports/store-statuses';
import type { BacktestVehicle } from './backtest-firings';

/** Reports of one look into the store; others get their turn in between. */
const PAGE = 2_000;

export interface HistoryRange {
	/** Of `reportedAt`, both included. */
	readonly from: number;
	readonly to: number;
	/** Default: all. */
	readonly vehicleIds?: readonly number[];
}

export interface HistoryPage {
	readonly reports: readonly ScannedReport[];
	/** Those that the reports are of, by id. */
	readonly vehicles: ReadonlyMap<number, BacktestVehicle>;
}

/** The stored history, vehicle by vehicle, each in the order of its times, without holding more than a page. */
export async function* scanHistory({ store }: Fleet, range: HistoryRange): AsyncGenerator<HistoryPage> {
	let after: ScannedReport | null = null;
	for (;;) {
		const from: ScannedReport | null = after;
		const page: HistoryPage = await store.read(async (session) => await loadPage(session, range, from));
		if (page.reports.length === 0) return;
		yield page;
		after = page.reports.at(-1) ?? null;
		await setImmediate();
	}
}

async function loadPage(
	{ statuses, vehicles, customers }: StoreSession,
	range: HistoryRange,
	after: ScannedReport | null,
): Promise<HistoryPage> {
	const reports = await statuses.scan({ ...range, after, limit: PAGE });
	const found = await vehicles.getMany([...new Set(reports.map(({ vehicleId }) => vehicleId))]);
	const owners = await customers.getMany([...found.values()].flatMap(({ customerId }) => customerId ?? []));
	const withOwners = new Map<number, BacktestVehicle>();
	for (const [id, vehicle] of found) {
		withOwners.set(id, { vehicle, customer: owners.get(vehicle.customerId ?? -1) ?? null });
	}
	return { reports, vehicles: withOwners };
}
