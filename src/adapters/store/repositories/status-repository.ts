import type { StatusRepository } from '../../../app/ports/store';
import type { AttributeValue } from '../../../domain/attributes';
import type { Position, StatusReport, VehicleStatus } from '../../../domain/status';
import type { SqlValue } from '../engine';
import { attributesOf, numberOf, numberOrNull, textOf } from '../read-row';
import { InsertStatement, queryLists, takeExcluded } from '../rows';
import type { Row } from '../session';
import type { StoreContext } from '../store-context';

const REPORT_COLUMNS = [
	'messageId',
	'reportedAt',
	'sequence',
	'receivedAt',
	'latitude',
	'longitude',
	'heading',
	'attributes',
];
const SAVE_CURRENT = new InsertStatement(
	'vehicle_status',
	['vehicleId', ...REPORT_COLUMNS],
	`ON CONFLICT ("vehicleId") DO UPDATE SET ${takeExcluded(REPORT_COLUMNS)}`,
);
const APPEND = new InsertStatement('status_history', ['vehicleId', ...REPORT_COLUMNS, 'feed']);
const PAGE = 1000;

export class StoredStatuses implements StatusRepository {
	constructor(private readonly context: StoreContext) {}

	async current(vehicleIds: readonly number[]): Promise<Map<number, VehicleStatus>> {
		const rows = await queryLists(
			this.context.query,
			vehicleIds,
			(list) => `SELECT * FROM vehicle_status WHERE "vehicleId" IN (${list})`,
		);
		return new Map(rows.map((row) => [numberOf(row, 'vehicleId'), statusFrom(row)]));
	}

	async saveCurrent(statuses: readonly VehicleStatus[]): Promise<void> {
		// PostgreSQL refuses a statement that writes one row twice; the last one counts.
		const last = new Map(statuses.map((status) => [status.vehicleId, status]));
		await SAVE_CURRENT.run(this.context.query, [...last.values()].map(statusRow));
	}

	async append(reports: readonly StatusReport[]): Promise<void> {
		await APPEND.run(
			this.context.query,
			reports.map((report) => [...statusRow(report), report.feed]),
		);
	}

	async history(
		vehicleId: number,
		{ from, to, limit }: { from?: number; to?: number; limit?: number },
	): Promise<StatusReport[]> {
		const conditions = ['"vehicleId" = ?'];
		const params: SqlValue[] = [vehicleId];
		if (from !== undefined) {
			conditions.push('"reportedAt" >= ?');
			params.push(from);
		}
		if (to !== undefined) {
			conditions.push('"reportedAt" <= ?');
			params.push(to);
		}
		if (limit !== undefined) params.push(limit);
		const rows = await this.context.query(
			`SELECT * FROM status_history WHERE ${conditions.join(' AND ')}
			ORDER BY "reportedAt" DESC, sequence DESC, id DESC ${limit === undefined ? '' : 'LIMIT ?'}`,
			params,
		);
		return rows.map((row) => ({ ...statusFrom(row), feed: textOf(row, 'feed') }));
	}

	async knownAttributes(): Promise<{ name: string; lastValue: AttributeValue }[]> {
		const newest = new Map<string, { reportedAt: number; lastValue: AttributeValue }>();
		for (let after = 0; ;) {
			const page = await this.context.query(
				`SELECT "vehicleId", "reportedAt", attributes FROM vehicle_status
				WHERE "vehicleId" > ? ORDER BY "vehicleId" LIMIT ${PAGE}`,
				[after],
			);
			for (const row of page) {
				const reportedAt = numberOf(row, 'reportedAt');
				for (const [name, lastValue] of Object.entries(attributesOf(row))) {
					if (reportedAt > (newest.get(name)?.reportedAt ?? -Infinity)) {
						newest.set(name, { reportedAt, lastValue });
					}
				}
				after = numberOf(row, 'vehicleId');
			}
			if (page.length < PAGE) break;
		}
		return [...newest.entries()]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, { lastValue }]) => ({ name, lastValue }));
	}
}

function statusRow(status: VehicleStatus): SqlValue[] {
	const { position } = status;
	return [
		status.vehicleId,
		status.messageId,
		status.reportedAt,
		status.sequence,
		status.receivedAt,
		position?.latitude ?? null,
		position?.longitude ?? null,
		position?.heading ?? null,
		JSON.stringify(status.attributes),
	];
}

function statusFrom(row: Row): VehicleStatus {
	return {
		vehicleId: numberOf(row, 'vehicleId'),
		messageId: textOf(row, 'messageId'),
		reportedAt: numberOf(row, 'reportedAt'),
		sequence: numberOf(row, 'sequence'),
		receivedAt: numberOf(row, 'receivedAt'),
		position: positionFrom(row),
		attributes: attributesOf(row),
	};
}

function positionFrom(row: Row): Position | null {
	const latitude = numberOrNull(row, 'latitude');
	const longitude = numberOrNull(row, 'longitude');
	if (latitude === null || longitude === null) return null;
	const heading = numberOrNull(row, 'heading');
	return heading === null ? { latitude, longitude } : { latitude, longitude, heading };
}
