import type { OutgoingMessage, SubscribeOptions } from '../../app/ports/message-bus';
import type { Query, SqlValue } from '../store/database';

/** The statements of the embedded bus. Ids rise in the order of the commits, over all feeds. */

export interface StoredMessage {
	readonly id: number;
	readonly payload: string;
}

export interface GroupLease {
	readonly feed: string;
	readonly group: string;
	/** Who holds it, one name a subscription. */
	readonly owner: string;
}

/** Few texts of statements, so that each is prepared once. */
const ROWS_PER_STATEMENT = [100, 10, 1] as const;

export async function appendMessages(
	query: Query,
	feed: string,
	messages: readonly OutgoingMessage[],
	publishedAt: number,
): Promise<void> {
	let done = 0;
	for (const size of ROWS_PER_STATEMENT) {
		const values = Array.from({ length: size }, () => '(?, ?, ?, ?)').join(', ');
		for (; messages.length - done >= size; done += size) {
			const params: SqlValue[] = [];
			for (const { key, payload } of messages.slice(done, done + size)) {
				params.push(feed, key, payload, publishedAt);
			}
			await query(
				`INSERT INTO bus_message (feed, "messageKey", payload, "publishedAt") VALUES ${values}`,
				params,
			);
		}
	}
}

/** Nothing happens when the group is there. */
export async function createGroup(
	query: Query,
	feed: string,
	group: string,
	from: SubscribeOptions['from'],
): Promise<void> {
	const [last] =
		from === 'start'
			? []
			: await query('SELECT id FROM bus_message WHERE feed = ? ORDER BY id DESC LIMIT 1', [feed]);
	await query(
		`INSERT INTO bus_group (feed, "groupName", cursor, "leaseOwner", "leaseUntil") VALUES (?, ?, ?, NULL, 0)
		ON CONFLICT (feed, "groupName") DO NOTHING`,
		[feed, group, Number(last?.id ?? 0)],
	);
}

/** Whether there is something to read that nobody else is reading; null when the group is gone. */
export async function canRead(query: Query, lease: GroupLease, now: number): Promise<boolean | null> {
	const [group] = await query(
		'SELECT cursor, "leaseOwner", "leaseUntil" FROM bus_group WHERE feed = ? AND "groupName" = ?',
		[lease.feed, lease.group],
	);
	if (!group) return null;
	const { leaseOwner } = group;
	if (leaseOwner !== null && leaseOwner !== lease.owner && Number(group.leaseUntil) > now) return false;
	return (await messagesAfter(query, lease.feed, Number(group.cursor), 1)).length > 0;
}

/** Takes the lease, or prolongs it, and returns the group's cursor; null while somebody else holds it. */
export async function takeLease(
	query: Query,
	{ feed, group, owner }: GroupLease,
	now: number,
	until: number,
): Promise<number | null> {
	const [taken] = await query(
		`UPDATE bus_group SET "leaseOwner" = ?, "leaseUntil" = ? WHERE feed = ? AND "groupName" = ?
		AND ("leaseOwner" IS NULL OR "leaseOwner" = ? OR "leaseUntil" <= ?) RETURNING cursor`,
		[owner, until, feed, group, owner, now],
	);
	return taken ? Number(taken.cursor) : null;
}

export async function releaseLease(query: Query, { feed, group, owner }: GroupLease): Promise<void> {
	await query(
		`UPDATE bus_group SET "leaseOwner" = NULL, "leaseUntil" = 0
		WHERE feed = ? AND "groupName" = ? AND "leaseOwner" = ?`,
		[feed, group, owner],
	);
}

/** False when the lease is lost, or the cursor not where it was: another's reading counts then. */
export async function moveCursor(
	query: Query,
	{ feed, group, owner }: GroupLease,
	move: { from: number; to: number; until: number },
): Promise<boolean> {
	const moved = await query(
		`UPDATE bus_group SET cursor = ?, "leaseUntil" = ?
		WHERE feed = ? AND "groupName" = ? AND "leaseOwner" = ? AND cursor = ? RETURNING cursor`,
		[move.to, move.until, feed, group, owner, move.from],
	);
	return moved.length > 0;
}

export async function messagesAfter(
	query: Query,
	feed: string,
	cursor: number,
	limit: number,
): Promise<StoredMessage[]> {
	const rows = await query(
		'SELECT id, payload FROM bus_message WHERE feed = ? AND id > ? ORDER BY id LIMIT ?',
		[feed, cursor, limit],
	);
	return rows.map(({ id, payload }) => ({ id: Number(id), payload: String(payload) }));
}

/** How many messages the group has not acknowledged; null when there is no such group. */
export async function countWaiting(query: Query, feed: string, group: string): Promise<number | null> {
	const [row] = await query(
		`SELECT (SELECT COUNT(*) FROM bus_message WHERE feed = bus_group.feed AND id > bus_group.cursor) AS waiting
		FROM bus_group WHERE feed = ? AND "groupName" = ?`,
		[feed, group],
	);
	return row ? Number(row.waiting) : null;
}

/**
 * The ids that may go: what every group has acknowledged, and what was published before `keepFrom`. Null when there
 * is none.
 */
export async function trimmable(
	query: Query,
	feed: string,
	keepFrom: number,
): Promise<{ first: number; last: number } | null> {
	const one = async (sql: string, params: SqlValue[]) => {
		const [row] = await query(sql, params);
		return row?.id === undefined || row.id === null ? null : Number(row.id);
	};
	const first = await one('SELECT id FROM bus_message WHERE feed = ? ORDER BY id LIMIT 1', [feed]);
	if (first === null) return null;
	const acknowledged = await one('SELECT MIN(cursor) AS id FROM bus_group WHERE feed = ?', [feed]);
	const kept =
		(await one('SELECT id FROM bus_message WHERE feed = ? AND "publishedAt" >= ? ORDER BY id LIMIT 1', [
			feed,
			keepFrom,
		])) ?? (await one('SELECT MAX(id) + 1 AS id FROM bus_message WHERE feed = ?', [feed]));
	const last = Math.max(acknowledged ?? 0, (kept ?? 0) - 1);
	return last < first ? null : { first, last };
}

export async function removeMessages(query: Query, feed: string, first: number, last: number): Promise<void> {
	await query('DELETE FROM bus_message WHERE feed = ? AND id >= ? AND id <= ?', [feed, first, last]);
}
