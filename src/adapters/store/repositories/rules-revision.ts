import type { Query } from '../session';

/**
 * In the transaction of every change that the feed's rules depend on: its readers take them in anew then. Returns the
 * new revision.
 */
export async function nextRulesRevision(query: Query): Promise<number> {
	const [row] = await query(`UPDATE revision SET value = value + 1 WHERE name = 'rules' RETURNING value`);
	return Number(row?.value);
}

/** For changes of what the rules refer to: notes which of it has changed. */
export async function bumpRulesRevision(query: Query, of: 'taskWatches' | 'geofences'): Promise<void> {
	await query('UPDATE revision SET value = ? WHERE name = ?', [await nextRulesRevision(query), of]);
}

export async function rulesRevision(
	query: Query,
	name: 'rules' | 'taskWatches' | 'geofences' = 'rules',
): Promise<number> {
	const [row] = await query('SELECT value FROM revision WHERE name = ?', [name]);
	return Number(row?.value);
}
