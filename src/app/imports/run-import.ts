import { FleetError } from '../../domain/errors';
import type { Import, ImportRowError } from '../../domain/import';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import { mappingToRemember } from '../../domain/mapping/remember-mapping';
import { feedProcessor } from '../feed/process-batch';
import { FileServerError } from '../errors';
import type { Fleet } from '../fleet';
import type { RecordSource } from '../ports/record-source';
import type { StoreSession } from '../ports/store';
import type { ImportLease, ImportPace, ImportProgress } from '../ports/store-imports';
import { appendEvent } from '../records/append-event';
import { BadRowsError, JUDGED_ROWS, refuseBadRows } from './bad-rows';
import { askedText } from './plan-questions';
import { ReadAhead } from './read-ahead';
import { type ChunkRules, type RowOutcome, takeChunk } from './take-chunk';
import type { FileRow } from './read-records';

/** The feed whose inbox knows the status messages that came in files. */
export const IMPORT_FEED = 'import';

/**
 * Keys come in no order: the more rows in a transaction, the fewer times each page of their indices is written. But
 * others wait to write meanwhile.
 */
const TRANSACTION_MS = 1_000;
/** Of the rows that a file is judged by: fewer, where they are long. */
const MAX_FIRST_CHARACTERS = 20_000_000;
const LEASE_MS = 60_000;

export interface RunImportDeps {
	readonly fleet: Fleet;
	readonly records: RecordSource;
	/** A text that no other run ever has. */
	readonly newToken: () => string;
	/** After how long without a checkpoint another run may take over; default a minute. */
	readonly leaseMs?: number;
	/** How long chunks that are there already are added to a transaction; default a second. */
	readonly transactionMs?: number;
}

/** One run of an import, under its lease. */
interface ImportRun {
	readonly fleet: Fleet;
	readonly rules: Omit<ChunkRules, 'plan'>;
	readonly lease: () => ImportLease;
	readonly entry: Import;
	plan: ImportPlan | null;
	/** What the last checkpoint says. */
	progress: ImportProgress;
	readonly pace: () => ImportPace;
}

/**
 * Takes one import's file into the fleet: the one with `id`, else the oldest that waits or was given up. Null when
 * there is none. Rows go in by chunks, some of them with their errors and the import's progress in one transaction, so
 * that a run after a crash goes on behind the last one and ends with the same result. Resolves with the import `done`
 * (perhaps with row errors), `canceled`, or `failed`: the file cannot be read, there is a question that only a person
 * can answer, or too many of its first rows are bad, of which none is taken then. Of vehicles and customers only the
 * end of the import is an event, of tasks each one. Rejects when the store does, or the file's server for a while, or with
 * `LeaseLostError` when another run took over: all leave the import to be continued.
 */
export async function runImport(deps: RunImportDeps, which: { id?: number } = {}): Promise<Import | null> {
	const { fleet, newToken, leaseMs = LEASE_MS, transactionMs = TRANSACTION_MS } = deps;
	const token = newToken();
	const lease = () => ({ token, now: fleet.clock(), leaseMs });
	const entry = await fleet.store.write(
		async ({ imports }) => await imports.claim(lease(), 'import', which.id),
	);
	if (!entry) return null;
	const remembered = await fleet.store.read(async ({ imports }) => await imports.mappings());
	const total = { rows: entry.rowsTotal, isExact: entry.rowsTotalIsExact };
	const run = begin(fleet, entry, lease, total);
	if (entry.cancelRequested) return await finish(run, 'canceled', null);
	const { fileName, blobKey, sizeBytes, recordType, options, plan, rowsDone: skipRows } = entry;
	const file = { fileName, blobKey, sizeBytes, recordType, options, plan, remembered };
	const chunks = new ReadAhead(
		deps.records(
			{ ...file, skipRows },
			{
				onPlan: (decided) => (run.plan = decided),
				onTotal: (rows, isExact) => Object.assign(total, { rows, isExact }),
			},
		),
	);
	let isStoreError = false;
	try {
		for (let chunk = await firstChunk(chunks, skipRows); chunk; chunk = await chunks.next()) {
			isStoreError = true;
			if (await take(run, chunk, chunks, transactionMs)) return await finish(run, 'canceled', null);
			isStoreError = false;
		}
		isStoreError = true;
		const questions = run.plan?.questions ?? [];
		return await (questions.length > 0
			? finish(run, 'failed', askedText(questions))
			: finish(run, 'done', null));
	} catch (error) {
		if (error instanceof BadRowsError) return await finish(run, 'failed', error.message, error.errors);
		if (isStoreError || (error instanceof FileServerError && error.isTransient)) throw error;
		// A file that breaks the reader would do so at every run: it must not come back for ever.
		return await finish(run, 'failed', reasonOf(error));
	} finally {
		await chunks.close();
	}
}

function begin(
	fleet: Fleet,
	entry: Import,
	lease: () => ImportLease,
	total: { rows: number | null; isExact: boolean },
): ImportRun {
	const { rowsDone, rowsCreated, rowsUpdated, rowsUnchanged, rowsFailed } = entry;
	const begunAt = performance.now();
	const run: ImportRun = {
		...{ fleet, entry, lease, plan: entry.plan },
		rules: {
			importId: entry.id,
			options: entry.options,
			feed: feedProcessor(fleet, { feed: IMPORT_FEED }),
			feedName: IMPORT_FEED,
			novelty: { isLikely: true },
		},
		progress: { rowsDone, rowsCreated, rowsUpdated, rowsUnchanged, rowsFailed },
		pace: () => ({
			rowsTotal: total.rows === null ? null : Math.max(total.rows, run.progress.rowsDone),
			rowsTotalIsExact: total.isExact,
			rowsPerSecond: ((run.progress.rowsDone - rowsDone) * 1000) / (performance.now() - begunAt),
		}),
	};
	return run;
}

/** At the beginning of a file: with enough rows to judge it by. */
async function firstChunk(
	chunks: ReadAhead<readonly FileRow[]>,
	skippedRows: number,
): Promise<readonly FileRow[] | null> {
	const first = await chunks.next();
	if (!first || skippedRows > 0) return first;
	const rows = [...first];
	let characters = roughLength(first);
	while (rows.length < JUDGED_ROWS && characters < MAX_FIRST_CHARACTERS) {
		const more = await chunks.next();
		if (!more) break;
		rows.push(...more);
		characters += roughLength(more);
	}
	return rows;
}

/** The rows of a chunk are alike. */
const roughLength = (rows: readonly FileRow[]) => JSON.stringify(rows[0]).length * rows.length;

/**
 * Takes a chunk and those that are there already with their errors and the progress in one transaction, so that a crash
 * undoes or keeps all of it. Resolves with whether the import is to be canceled.
 */
async function take(
	run: ImportRun,
	first: readonly FileRow[],
	chunks: ReadAhead<readonly FileRow[]>,
	transactionMs: number,
): Promise<boolean> {
	const { fleet, entry, lease } = run;
	return await fleet.store.write(async (session) => {
		const until = performance.now() + transactionMs;
		if (run.progress.rowsDone === 0) await savePlan(run, session);
		for (let chunk: readonly FileRow[] | null = first; chunk;) {
			await takeOne(run, session, chunk);
			chunk = performance.now() < until ? await chunks.nextIfThere() : null;
		}
		const reached = { ...run.progress, ...run.pace() };
		return (await session.imports.saveProgress(entry.id, lease(), reached)).cancelRequested;
	});
}

async function takeOne(run: ImportRun, session: StoreSession, rows: readonly FileRow[]): Promise<void> {
	const { fleet, entry, rules } = run;
	const { rowsDone } = run.progress;
	const taken = await takeChunk(session, { ...rules, plan: run.plan }, rows, fleet.clock());
	if (rowsDone === 0) refuseBadRows(taken.outcomes, entry.options.maxBadShare);
	const errors = taken.outcomes.flatMap((row) => (row.outcome === 'refused' ? [row.error] : []));
	if (errors.length > 0) await session.imports.addErrors(entry.id, errors);
	await session.imports.addChange(entry.id, rowsDone, taken.change);
	run.progress = add(run.progress, taken.outcomes);
}

function add(progress: ImportProgress, outcomes: readonly RowOutcome[]): ImportProgress {
	const count = (wanted: RowOutcome['outcome']) =>
		outcomes.filter(({ outcome }) => outcome === wanted).length;
	return {
		rowsDone: progress.rowsDone + outcomes.length,
		rowsCreated: progress.rowsCreated + count('created'),
		rowsUpdated: progress.rowsUpdated + count('updated'),
		rowsUnchanged: progress.rowsUnchanged + count('unchanged'),
		rowsFailed: progress.rowsFailed + count('refused'),
	};
}

async function savePlan({ entry, plan, lease }: ImportRun, { imports }: StoreSession): Promise<void> {
	if (plan !== null && entry.plan === null) await imports.savePlan(entry.id, lease(), plan);
}

function reasonOf(error: unknown): string {
	if (error instanceof FleetError) return `${error.message}. ${error.hint}`;
	return `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

/** `refused`: rows that were looked at, none of which was taken. */
async function finish(
	run: ImportRun,
	state: 'done' | 'failed' | 'canceled',
	error: string | null,
	refused: readonly ImportRowError[] = [],
): Promise<Import> {
	const { fleet, entry, plan, lease, progress } = run;
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		await savePlan(run, session);
		if (refused.length > 0) await session.imports.addErrors(entry.id, refused);
		if (state === 'done') {
			const rowsTotal = progress.rowsDone;
			await session.imports.saveProgress(entry.id, lease(), { rowsTotal, rowsTotalIsExact: true });
			// What was recognised is recognised again; what a person has said need not be said again.
			for (const { shape, mapping } of plan && entry.options.mapping ? mappingToRemember(plan) : []) {
				await session.imports.rememberMapping(shape, mapping, at);
			}
		}
		const ended = await session.imports.finish(entry.id, lease().token, { state, error, at });
		await appendEvent(session, 'importEnded', ended, at);
		return ended;
	});
}
