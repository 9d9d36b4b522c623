import type { StoreMetrics, StoreMetricsRepository } from '../../../app/ports/store-operations';
import { numberOf, numberOrNull, textOf } from '../read-row';
import type { StoreContext } from '../store-context';

/** Rules are few, and their open firings stand together in the index: the closed ones are not looked at. */
const COUNTS = `SELECT
	(SELECT COUNT(*) FROM vehicle) AS vehicles,
	(SELECT COALESCE(SUM((
		SELECT COUNT(*) FROM firing WHERE firing."ruleId" = rule.id AND firing."clearedAt" IS NULL
	)), 0) FROM rule WHERE rule."shadowOf" IS NULL) AS "openFirings",
	(SELECT COUNT(*) FROM action WHERE state = 'pending') AS "pendingActions",
	(SELECT COUNT(*) FROM action WHERE state = 'dead') AS "deadActions",
	(SELECT "createdAt" FROM action WHERE id = (SELECT MIN(id) FROM action WHERE state = 'pending'))
		AS "oldestPendingActionAt"`;
/** Ids are never given twice, so that only what was removed is to be taken off. */
const HISTORY_ROWS = {
	sqlite: `SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'status_history'), 0)
		- COALESCE((SELECT "removedRows" FROM retention WHERE name = 'history'), 0) AS rows`,
	postgres: `SELECT n_live_tup AS rows FROM pg_stat_user_tables WHERE relid = 'status_history'::regclass`,
};

export class StoredMetrics implements StoreMetricsRepository {
	constructor(private readonly context: StoreContext) {}

	async read(): Promise<StoreMetrics> {
		const { kind, query } = this.context;
		const [counts = {}] = await query(COUNTS);
		const [history = {}] = await query(HISTORY_ROWS[kind]);
		const rejected = await query(
			'SELECT feed, COUNT(*) AS count FROM quarantine GROUP BY feed ORDER BY feed',
		);
		return {
			vehicles: numberOf(counts, 'vehicles'),
			historyRows: Math.max(0, numberOrNull(history, 'rows') ?? 0),
			openFirings: numberOf(counts, 'openFirings'),
			pendingActions: numberOf(counts, 'pendingActions'),
			deadActions: numberOf(counts, 'deadActions'),
			oldestPendingActionAt: numberOrNull(counts, 'oldestPendingActionAt'),
			rejectedMessages: rejected.map((row) => ({ feed: textOf(row, 'feed'), count: numberOf(row, 'count') })),
		};
	}
}
