import type { KnownAttribute, ScannedReport, StatusRepository } from '../../../app/ports/store-statuses';
import type { Attributes, AttributeValue } from '../../../domain/attributes';
import type { Position, StatusReport, VehicleStatus } from '../../../domain/status';
import type { SqlValue } from '../engine';
import { attributesOf, jsonOf, jsonOrNull, numberOf, numberOrNull, textOf } from '../read-row';
import { INTO_OR_FAIL } from '../node-sqlite-database';
import { InsertStatement, queryLists, takeExcluded } from '../rows';
import type { Row } from '../session';
import type { StoreContext } from '../store-context';
import { withoutNul } from '../without-nul';
import { chunkedHistory, noteChunks } from './chunked-history';
import { type HistoryReader, plainHistory } from './plain-history';

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
const CURRENT_COLUMNS = [...REPORT_COLUMNS, 'valueTimes'];
const SAVE_CURRENT = new InsertStatement(
	'vehicle_status',
	['vehicleId', ...CURRENT_COLUMNS],
	`ON CONFLICT ("vehicleId") DO UPDATE SET ${takeExcluded(CURRENT_COLUMNS)}`,
	{ into: INTO_OR_FAIL },
);
const APPEND = new InsertStatement('status_history', ['vehicleId', ...REPORT_COLUMNS, 'feed', 'isLate'], '', {
	into: INTO_OR_FAIL,
});
const NOTE_ATTRIBUTES = new InsertStatement(
	'known_attribute',
	['name', 'lastValue', 'lastReportedAt'],
	`ON CONFLICT (name) DO UPDATE SET ${takeExcluded(['lastValue', 'lastReportedAt'])}
	WHERE known_attribute."lastReportedAt" <= excluded."lastReportedAt"`,
);

export class StoredStatuses implements StatusRepository {
	/** A report that carries all that is known is the current status, too: its text is made once. */
	readonly #texts = new Map<Attributes, string>();

	readonly #reader: HistoryReader;

	constructor(private readonly context: StoreContext) {
		this.#reader = context.kind === 'sqlite' ? chunkedHistory(context.query) : plainHistory(context.query);
	}

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
		await SAVE_CURRENT.executeEach(this.context.execute, [...last.values()], (status, params, at) => {
			const { valueTimes } = status;
			params[this.#writeStatus(status, params, at)] =
				valueTimes === undefined ? null : JSON.stringify(valueTimes);
		});
	}

	async append(reports: readonly StatusReport[]): Promise<void> {
		const { kind, execute } = this.context;
		const { lastId } = await APPEND.executeEach(execute, reports, (report, params, at) => {
			const next = this.#writeStatus(report, params, at);
			params[next] = report.feed;
			params[next + 1] = kind === 'sqlite' ? Number(report.isLate) : report.isLate;
		});
		if (kind === 'sqlite') await noteChunks(execute, reports, lastId);
	}

	async history(
		vehicleId: number,
		{ from, to, limit }: { from?: number; to?: number; limit?: number },
	): Promise<StatusReport[]> {
		const rows = await this.#reader.latest({
			vehicleId,
			from: from ?? Number.MIN_SAFE_INTEGER,
			to: to ?? Number.MAX_SAFE_INTEGER,
			limit: limit ?? null,
		});
		return rows.map(reportFrom);
	}

	async scan(range: Parameters<StatusRepository['scan']>[0]): Promise<ScannedReport[]> {
		if (range.vehicleIds?.length === 0) return [];
		const rows = await this.#reader.scan(range);
		return rows.map((row) => ({
			id: numberOf(row, 'id'),
			vehicleId: numberOf(row, 'vehicleId'),
			messageId: textOf(row, 'messageId'),
			reportedAt: numberOf(row, 'reportedAt'),
			sequence: numberOf(row, 'sequence'),
			position: positionFrom(row),
			attributes: attributesOf(row),
			isLate: Boolean(row.isLate),
		}));
	}

	async knownAttributes(): Promise<KnownAttribute[]> {
		const rows = await this.context.query('SELECT * FROM known_attribute');
		return rows
			.map((row) => ({
				name: textOf(row, 'name'),
				lastValue: jsonOf<AttributeValue>(row, 'lastValue'),
				lastReportedAt: numberOf(row, 'lastReportedAt'),
			}))
			.sort((a, b) => (a.name < b.name ? -1 : 1));
	}

	async noteAttributes(attributes: readonly KnownAttribute[]): Promise<void> {
		const newest = new Map<string, KnownAttribute>();
		for (const attribute of attributes) {
			const known = newest.get(attribute.name);
			if (known === undefined || attribute.lastReportedAt >= known.lastReportedAt) {
				newest.set(attribute.name, attribute);
			}
		}
		await NOTE_ATTRIBUTES.execute(
			this.context.execute,
			// In one order, whoever notes: of two transactions that share names, one waits for the other.
			[...newest.values()]
				.sort((a, b) => (a.name < b.name ? -1 : 1))
				.map(({ name, lastValue, lastReportedAt }) => [
					withoutNul(name),
					JSON.stringify(lastValue),
					lastReportedAt,
				]),
		);
	}

	/** Returns the place behind it. */
	#writeStatus(status: VehicleStatus, params: SqlValue[], at: number): number {
		const { position } = status;
		params[at] = status.vehicleId;
		params[at + 1] = status.messageId;
		params[at + 2] = status.reportedAt;
		params[at + 3] = status.sequence;
		params[at + 4] = status.receivedAt;
		params[at + 5] = position?.latitude ?? null;
		params[at + 6] = position?.longitude ?? null;
		params[at + 7] = position?.heading ?? null;
		params[at + 8] = this.#textOf(status.attributes);
		return at + 9;
	}

	#textOf(attributes: Attributes): string {
		let text = this.#texts.get(attributes);
		if (text === undefined) this.#texts.set(attributes, (text = JSON.stringify(attributes)));
		return text;
	}
}

function reportFrom(row: Row): StatusReport {
	return { ...statusFrom(row), feed: textOf(row, 'feed'), isLate: Boolean(row.isLate) };
}

function statusFrom(row: Row): VehicleStatus {
	const valueTimes = jsonOrNull<Record<string, number>>(row, 'valueTimes');
	return {
		vehicleId: numberOf(row, 'vehicleId'),
		messageId: textOf(row, 'messageId'),
		reportedAt: numberOf(row, 'reportedAt'),
		sequence: numberOf(row, 'sequence'),
		receivedAt: numberOf(row, 'receivedAt'),
		position: positionFrom(row),
		attributes: attributesOf(row),
		...(valueTimes === null ? {} : { valueTimes }),
	};
}

function positionFrom(row: Row): Position | null {
	const latitude = numberOrNull(row, 'latitude');
	const longitude = numberOrNull(row, 'longitude');
	if (latitude === null || longitude === null) return null;
	const heading = numberOrNull(row, 'heading');
	return heading === null ? { latitude, longitude } : { latitude, longitude, heading };
}
