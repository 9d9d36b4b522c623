import type {
	AgedRecord,
	AgeLimit,
	RetentionRepository,
	ThinningProgress,
} from '../../../app/ports/store-operations';
import type { DatabaseKind } from '../engine';
import { jsonOrNull, numberOf } from '../read-row';
import { queryLists } from '../rows';
import type { StoreContext } from '../store-context';

const HISTORY = 'history';

const inTable = (table: string, time: string): string =>
	`DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${time} < ? ORDER BY id LIMIT ?) RETURNING id`;

/** With two parameters: the time and the limit. */
const REMOVE: Readonly<Record<Exclude<AgedRecord, 'inbox'>, string>> = {
	log: inTable('log', 'at'),
	rejectedMessage: inTable('quarantine', '"receivedAt"'),
	// Those of a firing that is open are kept: what follows on it refers to them.
	doneAction: `DELETE FROM action WHERE id IN (
		SELECT action.id FROM action JOIN firing ON firing.id = action."firingId"
		WHERE action.state = 'done' AND action."dueAt" < ? AND firing."clearedAt" IS NOT NULL
		ORDER BY action."dueAt" LIMIT ?
	) RETURNING id`,
};

const REMOVE_FROM_INBOX: Readonly<Record<DatabaseKind, string>> = {
	// Row ids rise in the order of arrival, so that the oldest are found without an index; and what came before
	// something old is old itself, even if the host's clock was ahead then.
	sqlite: `DELETE FROM inbox WHERE rowid IN (SELECT rowid FROM inbox ORDER BY rowid LIMIT ?) AND ("receivedAt" < ?
		OR rowid < (SELECT CASE WHEN "receivedAt" < ? THEN rowid END FROM inbox
			WHERE "receivedAt" <= ? ORDER BY rowid LIMIT 1)) RETURNING 1 AS removed`,
	postgres: `DELETE FROM inbox WHERE ctid = ANY (ARRAY (
		SELECT ctid FROM inbox WHERE "receivedAt" < ? ORDER BY "receivedAt" LIMIT ?
	)) RETURNING 1 AS removed`,
};

export class StoredRetention implements RetentionRepository {
	constructor(private readonly context: StoreContext) {}

	async removeAged(what: AgedRecord, { before, now }: AgeLimit, limit: number): Promise<number> {
		const { kind, query } = this.context;
		if (what === 'inbox' && kind === 'sqlite') {
			return (await query(REMOVE_FROM_INBOX.sqlite, [limit, before, before, now])).length;
		}
		const sql = what === 'inbox' ? REMOVE_FROM_INBOX.postgres : REMOVE[what];
		return (await query(sql, [before, limit])).length;
	}

	async removeReports(ids: readonly number[]): Promise<number> {
		const { query } = this.context;
		const removed = await queryLists(
			query,
			ids,
			(list) => `DELETE FROM status_history WHERE id IN (${list}) RETURNING id`,
		);
		if (removed.length > 0) {
			await query(
				`INSERT INTO retention (name, "removedRows") VALUES (?, ?)
				ON CONFLICT (name) DO UPDATE SET "removedRows" = retention."removedRows" + excluded."removedRows"`,
				[HISTORY, removed.length],
			);
		}
		return removed.length;
	}

	async arrivals({ after, through, limit }: { after: number; through: number; limit: number }) {
		const rows = await this.context.query(
			`SELECT id, "vehicleId", "reportedAt" FROM status_history WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`,
			[after, through, limit],
		);
		return rows.map((row) => ({
			id: numberOf(row, 'id'),
			vehicleId: numberOf(row, 'vehicleId'),
			reportedAt: numberOf(row, 'reportedAt'),
		}));
	}

	async newestReportId(): Promise<number> {
		const [row = {}] = await this.context.query('SELECT COALESCE(MAX(id), 0) AS id FROM status_history');
		return numberOf(row, 'id');
	}

	async thinning(): Promise<ThinningProgress | null> {
		const [row = {}] = await this.context.query('SELECT progress FROM retention WHERE name = ?', [HISTORY]);
		return jsonOrNull<ThinningProgress>(row, 'progress');
	}

	async saveThinning(progress: ThinningProgress): Promise<void> {
		await this.context.query(
			`INSERT INTO retention (name, progress, "removedRows") VALUES (?, ?, 0)
			ON CONFLICT (name) DO UPDATE SET progress = excluded.progress`,
			[HISTORY, JSON.stringify(progress)],
		);
	}
}
