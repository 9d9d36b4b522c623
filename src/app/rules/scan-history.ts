import { setImmediate } from 'node:timers/promises';
import { compareReports } from '../../domain/merge-status';
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
	/** In the order in which a feed takes them. */
	readonly reports: readonly ScannedReport[];
	/** Those that the reports are of, by id. */
	readonly vehicles: ReadonlyMap<number, BacktestVehicle>;
}

interface LoadedPage extends HistoryPage {
	/** As the store has them; null when there is no report any more. */
	readonly last: ScannedReport | null;
}

/** The stored history, vehicle by vehicle, each in the order of its times and sequence, without holding more than a page. */
export async function* scanHistory({ store }: Fleet, range: HistoryRange): AsyncGenerator<HistoryPage> {
	let after: ScannedReport | null = null;
	for (;;) {
		const from: ScannedReport | null = after;
		const page: LoadedPage = await store.read(async (session) => await loadPage(session, range, from));
		if (page.last === null) return;
		yield page;
		after = page.last;
		await setImmediate();
	}
}

async function loadPage(
	{ statuses, vehicles, customers }: StoreSession,
	range: HistoryRange,
	after: ScannedReport | null,
): Promise<LoadedPage> {
	const reports = withoutCutMoment(await statuses.scan({ ...range, after, limit: PAGE }));
	const found = await vehicles.getMany([...new Set(reports.map(({ vehicleId }) => vehicleId))]);
	const owners = await customers.getMany([...found.values()].flatMap(({ customerId }) => customerId ?? []));
	const withOwners = new Map<number, BacktestVehicle>();
	for (const [id, vehicle] of found) {
		withOwners.set(id, { vehicle, customer: owners.get(vehicle.customerId ?? -1) ?? null });
	}
	return { reports: reports.toSorted(asTaken), vehicles: withOwners, last: reports.at(-1) ?? null };
}

/** Of one vehicle and time by their sequence; the store's index knows only in which order they came. */
function asTaken(a: ScannedReport, b: ScannedReport): number {
	return a.vehicleId - b.vehicleId || compareReports(a, b);
}

/** Leaves what has the time of a full page's last report to the next page, so that one time is never torn apart. */
function withoutCutMoment(reports: readonly ScannedReport[]): readonly ScannedReport[] {
	const last = reports.at(-1);
	if (last === undefined || reports.length < PAGE) return reports;
	const whole = reports.filter(
		({ vehicleId, reportedAt }) => vehicleId !== last.vehicleId || reportedAt !== last.reportedAt,
	);
	return whole.length === 0 ? reports : whole;
}
