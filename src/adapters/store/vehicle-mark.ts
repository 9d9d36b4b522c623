/**
 * What feeds keep in memory of vehicles from batch to batch stands in these tables; rules are among them, since their
 * removal takes states along.
 */
const KEPT_TABLES = 'vehicle|customer|rule|vehicle_status|rule_state|firing|backlog';
const WRITES = /^\s*(?:INSERT|REPLACE|UPDATE|DELETE|WITH|ALTER|DROP)\b/i;
const NAMES_KEPT = new RegExp(`(?<![\\w"])"?(?:${KEPT_TABLES})"?(?![\\w"])`, 'i');

/** Every transaction that has changed one of the tables leaves a mark of its own behind. */
export const RENEW_VEHICLE_MARK = `UPDATE revision SET value = ? WHERE name = 'vehicles'`;

/**
 * Whether the statement may change one of the tables. Goes by the text, so that no writer can forget to tell: one that
 * only reads such a table while it writes to another counts, too.
 */
export function changesVehicles(sql: string): boolean {
	return WRITES.test(sql) && NAMES_KEPT.test(sql);
}
