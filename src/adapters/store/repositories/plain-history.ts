import { columnList } from '../rows';
import type { SqlValue } from '../engine';
import type { Query, Row } from '../session';

/** What of a report is read by who looks at many. */
export const SCANNED = columnList([
	...['id', 'vehicleId', 'messageId', 'reportedAt', 'sequence', 'latitude', 'longitude', 'heading'],
	...['attributes', 'isLate'],
]);

/** Times are those of the reports, both included. */
export interface LatestReports {
	readonly vehicleId: number;
	readonly from: number;
	readonly to: number;
	/** Null for all. */
	readonly limit: number | null;
}

export interface ScannedReports {
	readonly from: number;
	readonly to: number;
	/** Absent: of all vehicles. */
	readonly vehicleIds?: readonly number[];
	readonly after: { readonly vehicleId: number; readonly reportedAt: number; readonly id: number } | null;
	readonly limit: number;
}

/** Rows of the history, see `StatusRepository.history` and `scan`. */
export interface HistoryReader {
	latest(reports: LatestReports): Promise<readonly Row[]>;
	scan(reports: ScannedReports): Promise<readonly Row[]>;
}

/** By an index on vehicle and time, which PostgreSQL keeps in memory of its own. */
export function plainHistory(query: Query): HistoryReader {
	return {
		async latest({ vehicleId, from, to, limit }) {
			const params: SqlValue[] = [vehicleId, from, to, ...(limit === null ? [] : [limit])];
			return await query(
				`SELECT * FROM status_history WHERE "vehicleId" = ? AND "reportedAt" BETWEEN ? AND ?
				ORDER BY "reportedAt" DESC, sequence DESC, id DESC ${limit === null ? '' : 'LIMIT ?'}`,
				params,
			);
		},
		async scan({ from, to, vehicleIds, after, limit }) {
			const ids = vehicleIds?.map((id) => Math.trunc(id)).join(', ');
			const start: readonly number[] = after ? [after.vehicleId, after.reportedAt, after.id] : [-1, 0, 0];
			return await query(
				`SELECT ${SCANNED} FROM status_history
				WHERE "vehicleId" >= ? AND ("vehicleId", "reportedAt", id) > (?, ?, ?)
				AND "reportedAt" BETWEEN ? AND ? ${ids === undefined ? '' : `AND "vehicleId" IN (${ids})`}
				ORDER BY "vehicleId", "reportedAt", id LIMIT ?`,
				[start[0] ?? -1, ...start, from, to, limit],
			);
		},
	};
}
