import type { ImportChange } from '../../../domain/import-change';
import { numberOf } from '../read-row';
import type { Execute, Query, Row } from '../session';
import type { StoreContext } from '../store-context';
import { type HistoryReader, SCANNED, type ScannedReports } from './plain-history';

/** As migrations have it: the column `chunk` is `id / 65536`. */
const CHUNK_SIZE = 65_536;
/** How many chunks are looked into at first; each time four times as many, up to the most. */
const FEWEST_CHUNKS = 4;
const MOST_CHUNKS = 64;
const VEHICLES_AT_ONCE = 100;

const NOTE_CHUNK = `INSERT INTO history_chunk (chunk, "firstReportedAt", "lastReportedAt") VALUES (?, ?, ?)
	ON CONFLICT (chunk) DO UPDATE SET
	"firstReportedAt" = MIN("firstReportedAt", excluded."firstReportedAt"),
	"lastReportedAt" = MAX("lastReportedAt", excluded."lastReportedAt")`;
const FORGET_CHUNKS =
	'DELETE FROM history_chunk WHERE chunk < (SELECT chunk FROM status_history ORDER BY id LIMIT 1)';

interface Chunk {
	readonly chunk: number;
	readonly first: number;
	readonly last: number;
}

/**
 * SQLite's history. Reports stand in the order of arrival, and an index by vehicle and time goes through 65,536 of them
 * at a time: so a batch of a whole fleet writes into some hundred pages that it has just written before, instead of one
 * page a vehicle, all over the file. Reading a vehicle's reports looks into each chunk that has its time in it.
 */
export function chunkedHistory(query: Query): HistoryReader {
	return {
		async latest({ vehicleId, from, to, limit }) {
			const chunks = (await chunksBetween(query, from, to)).sort((a, b) => b.last - a.last);
			return await gather(chunks, limit ?? Infinity, {
				read: (some) =>
					query(
						`SELECT * FROM status_history WHERE chunk IN (${places(some)}) AND "vehicleId" = ?
						AND "reportedAt" BETWEEN ? AND ? ORDER BY "reportedAt" DESC, sequence DESC, id DESC LIMIT ?`,
						[...some, vehicleId, from, to, limit ?? -1],
					),
				compare: (a, b) =>
					numberOf(b, 'reportedAt') - numberOf(a, 'reportedAt') ||
					numberOf(b, 'sequence') - numberOf(a, 'sequence') ||
					numberOf(b, 'id') - numberOf(a, 'id'),
				isBehind: (row, chunk) => numberOf(row, 'reportedAt') > chunk.last,
			});
		},
		async scan(range) {
			const { from, to, after, limit } = range;
			const chunks = (await chunksBetween(query, from, to)).sort((a, b) => a.first - b.first);
			const found: Row[] = [];
			if (chunks.length === 0) return found;
			for await (const vehicleId of vehiclesFrom(query, range)) {
				const start = after?.vehicleId === vehicleId ? after : { reportedAt: from, id: -1 };
				const rows = await scanVehicle(query, vehicleId, chunks, { start, to, limit: limit - found.length });
				for (const row of rows) found.push(row);
				if (found.length >= limit) break;
			}
			return found;
		},
	};
}

/** To be called after reports were added, with one id after the other. */
export async function noteChunks(
	execute: Execute,
	reports: readonly { readonly reportedAt: number }[],
	lastId: number,
): Promise<void> {
	if (reports.length === 0) return;
	const before = lastId - reports.length;
	let [first, last] = [Infinity, -Infinity];
	for (const { reportedAt } of reports) {
		if (reportedAt < first) first = reportedAt;
		if (reportedAt > last) last = reportedAt;
	}
	for (let chunk = chunkOf(before + 1); chunk <= chunkOf(lastId); chunk++) {
		await execute(NOTE_CHUNK, [chunk, first, last]);
	}
	if (chunkOf(before) < chunkOf(lastId)) await execute(FORGET_CHUNKS);
}

/** To be called before the vehicle is removed. */
export async function removeHistory(query: Query, vehicleId: number): Promise<void> {
	await query(
		'DELETE FROM status_history WHERE chunk IN (SELECT chunk FROM history_chunk) AND "vehicleId" = ?',
		[vehicleId],
	);
}

/** Takes single reports out of the history, on either database. */
export async function removeReports(
	{ kind, query }: StoreContext,
	reports: ImportChange['reports'],
): Promise<void> {
	for (const [vehicleId, messageId, reportedAt] of reports) {
		const within =
			kind === 'sqlite'
				? `chunk IN (SELECT chunk FROM history_chunk WHERE ? BETWEEN "firstReportedAt" AND "lastReportedAt") AND`
				: 'CAST(? AS BIGINT) IS NOT NULL AND';
		await query(
			`DELETE FROM status_history WHERE ${within} "vehicleId" = ? AND "reportedAt" = ? AND "messageId" = ?`,
			[reportedAt, vehicleId, reportedAt, messageId],
		);
	}
}

const chunkOf = (id: number): number => Math.floor(id / CHUNK_SIZE);

async function chunksBetween(query: Query, from: number, to: number): Promise<Chunk[]> {
	const rows = await query(
		'SELECT * FROM history_chunk WHERE "firstReportedAt" <= ? AND "lastReportedAt" >= ?',
		[to, from],
	);
	return rows.map((row) => ({
		chunk: numberOf(row, 'chunk'),
		first: numberOf(row, 'firstReportedAt'),
		last: numberOf(row, 'lastReportedAt'),
	}));
}

async function scanVehicle(
	query: Query,
	vehicleId: number,
	chunks: readonly Chunk[],
	{
		start,
		to,
		limit,
	}: {
		readonly start: { readonly reportedAt: number; readonly id: number };
		readonly to: number;
		readonly limit: number;
	},
): Promise<readonly Row[]> {
	const { reportedAt, id } = start;
	return await gather(
		chunks.filter(({ last }) => last >= reportedAt),
		limit,
		{
			read: (some) =>
				query(
					`SELECT ${SCANNED} FROM status_history WHERE chunk IN (${places(some)}) AND "vehicleId" = ?
					AND "reportedAt" BETWEEN ? AND ? AND ("reportedAt", id) > (?, ?) ORDER BY "reportedAt", id LIMIT ?`,
					[...some, vehicleId, reportedAt, to, reportedAt, id, limit],
				),
			compare: (a, b) =>
				numberOf(a, 'reportedAt') - numberOf(b, 'reportedAt') || numberOf(a, 'id') - numberOf(b, 'id'),
			isBehind: (row, chunk) => numberOf(row, 'reportedAt') < chunk.first,
		},
	);
}

/** The first rows over all chunks; `chunks` are in the order in which they can have any. */
async function gather(
	chunks: readonly Chunk[],
	limit: number,
	{
		read,
		compare,
		isBehind,
	}: {
		read(chunks: readonly number[]): Promise<readonly Row[]>;
		compare(a: Row, b: Row): number;
		/** Whether nothing in the chunk, or after it, can come before the row. */
		isBehind(row: Row, chunk: Chunk): boolean;
	},
): Promise<readonly Row[]> {
	let found: readonly Row[] = [];
	for (let done = 0, size = FEWEST_CHUNKS; done < chunks.length; size = Math.min(size * 4, MOST_CHUNKS)) {
		const some = chunks.slice(done, done + size).map(({ chunk }) => chunk);
		// Few texts of statements: a chunk that stands there twice finds nothing more.
		while (some.length < size) some.push(some[0] ?? 0);
		done += size;
		const rows = await read(some);
		found = found.length === 0 ? rows : [...found, ...rows].sort(compare).slice(0, limit);
		const [last, next] = [found[limit - 1], chunks[done]];
		if (last !== undefined && next !== undefined && isBehind(last, next)) break;
	}
	return found;
}

const places = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

/** The ids of the vehicles that are scanned, ascending. */
async function* vehiclesFrom(query: Query, { vehicleIds, after }: ScannedReports): AsyncGenerator<number> {
	const first = after?.vehicleId ?? -1;
	if (vehicleIds !== undefined) {
		yield* [...new Set(vehicleIds)].filter((id) => id >= first).sort((a, b) => a - b);
		return;
	}
	for (let from = first; ;) {
		const rows = await query('SELECT id FROM vehicle WHERE id >= ? ORDER BY id LIMIT ?', [
			from,
			VEHICLES_AT_ONCE,
		]);
		for (const row of rows) yield numberOf(row, 'id');
		const last = rows.at(-1);
		if (last === undefined || rows.length < VEHICLES_AT_ONCE) return;
		from = numberOf(last, 'id') + 1;
	}
}
