import type { Import, ImportRowError } from '../../domain/import';
import { fieldError, type RecordRow } from '../../domain/mapping/interpret-row';
import { DuplicateRecordError } from '../errors';
import type { FeedProcessor } from '../feed/process-batch';
import type { Fleet } from '../fleet';
import type { ImportProgress, StoreSession } from '../ports/store';
import type { FileRow } from './read-records';
import { runsBy, takeCustomers, takeTasks, takeVehicles, type Taken } from './take-records';
import { checkStatuses, takeStatuses } from './take-statuses';

/** One run of an import, under its lease. */
export interface ImportRun {
	readonly fleet: Fleet;
	readonly feed: FeedProcessor;
	readonly importId: number;
	readonly token: string;
	readonly leaseMs: number;
	/** What the last checkpoint says. */
	progress: ImportProgress;
}

type GoodRow = Extract<FileRow, { ok: true }>;

export function startOf({ rowsDone, rowsCreated, rowsUpdated, rowsFailed }: Import): ImportProgress {
	return { rowsDone, rowsCreated, rowsUpdated, rowsFailed };
}

const isGood = (row: FileRow): row is GoodRow => row.ok;
const errorsIn = (rows: readonly FileRow[]) => rows.flatMap((row) => (row.ok ? [] : [row.error]));

async function takeRun(session: StoreSession, run: readonly RecordRow[], at: number): Promise<Taken> {
	const only = <K extends RecordRow['kind']>(kind: K) =>
		run.filter((record): record is Extract<RecordRow, { kind: K }> => record.kind === kind);
	const kind = run[0]?.kind;
	if (kind === 'customers') return await takeCustomers(session, only('customers'), at);
	if (kind === 'vehicles') return await takeVehicles(session, only('vehicles'), at);
	return await takeTasks(session, only('tasks'), at);
}

/** Writes errors and progress: in the transaction of the rows, so that a crash undoes or keeps all of it. */
async function checkpoint(
	session: StoreSession,
	run: ImportRun,
	rowCount: number,
	parts: readonly Taken[],
): Promise<ImportProgress> {
	const errors = parts.flatMap((part) => part.errors).sort((a, b) => a.row - b.row);
	const sum = (name: 'created' | 'updated') => parts.reduce((total, part) => total + part[name], 0);
	const progress = {
		rowsDone: run.progress.rowsDone + rowCount,
		rowsCreated: run.progress.rowsCreated + sum('created'),
		rowsUpdated: run.progress.rowsUpdated + sum('updated'),
		rowsFailed: run.progress.rowsFailed + errors.length,
	};
	if (errors.length > 0) await session.imports.addErrors(run.importId, errors);
	const { token, leaseMs } = run;
	await session.imports.saveProgress(run.importId, { token, now: run.fleet.clock(), leaseMs }, progress);
	return progress;
}

const failed = (errors: readonly ImportRowError[]): Taken => ({ created: 0, updated: 0, errors });

/**
 * Takes rows of records in one transaction. When one of them clashes with a unique key of another record, the
 * halves are taken one after the other, down to the row that clashes: that one fails, in a checkpoint of its own.
 */
async function takeRecords(run: ImportRun, rows: readonly FileRow[]): Promise<void> {
	try {
		run.progress = await run.fleet.store.write(async (session) => {
			const at = run.fleet.clock();
			const parts: Taken[] = [failed(errorsIn(rows))];
			const records = rows.filter(isGood).map(({ record }) => record);
			for (const same of runsBy(records, ({ kind }) => kind)) parts.push(await takeRun(session, same, at));
			return await checkpoint(session, run, rows.length, parts);
		});
	} catch (error) {
		if (!(error instanceof DuplicateRecordError)) throw error;
		const [only] = rows;
		if (rows.length === 1 && only?.ok) {
			const row = fieldError(only.source, only.table.columns, error.field, `${error.message}. ${error.hint}`);
			await takeRecords(run, [{ ok: false, error: row }]);
			return;
		}
		const middle = Math.ceil(rows.length / 2);
		await takeRecords(run, rows.slice(0, middle));
		await takeRecords(run, rows.slice(middle));
	}
}

/** Takes the next rows of the file, all of them status messages or none, and moves `run.progress` behind them. */
export async function takeChunk(run: ImportRun, rows: readonly FileRow[]): Promise<void> {
	const good = rows.filter(isGood);
	if (good[0]?.record.kind !== 'statuses') {
		await takeRecords(run, rows);
		return;
	}
	const { store, clock } = run.fleet;
	const checked = await store.read(async (session) => await checkStatuses(session, good, clock()));
	const taken = await takeStatuses(run.feed, checked);
	run.progress = await store.write(
		async (session) => await checkpoint(session, run, rows.length, [failed(errorsIn(rows)), taken]),
	);
}
