import type { Query } from '../session';

/** In the transaction of every change that the feed's rules depend on: its readers compile them anew then. */
export async function bumpRulesRevision(query: Query): Promise<void> {
	await query(`UPDATE revision SET value = value + 1 WHERE name = 'rules'`);
}

export async function rulesRevision(query: Query): Promise<number> {
	const [row] = await query(`SELECT value FROM revision WHERE name = 'rules'`);
	return Number(row?.value);
}
