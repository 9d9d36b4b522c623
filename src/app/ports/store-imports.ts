import type { Customer } from '../../domain/customer';
import type { Import, ImportFields, ImportOptions, ImportRowError } from '../../domain/import';
import type { ImportChange, KeptRecord } from '../../domain/import-change';
import type { ImportMapping } from '../../domain/mapping/import-mapping';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import type { Task } from '../../domain/task';
import type { Vehicle } from '../../domain/vehicle';
import type { RecordReader } from './store-records';

export interface ImportProgress {
	readonly rowsDone: number;
	readonly rowsCreated: number;
	readonly rowsUpdated: number;
	readonly rowsUnchanged: number;
	readonly rowsFailed: number;
}

/** How far a run has come, beside what it decided. */
export interface ImportPace {
	readonly rowsTotal: number | null;
	readonly rowsTotalIsExact: boolean;
	readonly rowsPerSecond: number | null;
}

/** Who works on an import, and until when nobody else may, unless it is renewed. */
export interface ImportLease {
	/** A text that no other run ever has. */
	readonly token: string;
	readonly now: number;
	readonly leaseMs: number;
}

export interface ImportRepository extends RecordReader<Import> {
	create(fields: ImportFields, at: number): Promise<Import>;
	/**
	 * The oldest import that waits to be run (`import`) or undone (`undo`), or whose lease for that ran out; of `id`
	 * only, when given. Null when there is none.
	 */
	claim(lease: ImportLease, work: 'import' | 'undo', id?: number): Promise<Import | null>;
	/** Rejects with `LeaseLostError` when `token` no longer holds the lease. */
	savePlan(id: number, lease: ImportLease, plan: ImportPlan): Promise<void>;
	/**
	 * Renews the lease and answers whether the import is to be canceled. Rejects with `LeaseLostError` when `token` no
	 * longer holds the lease, so that the chunk rolls back.
	 */
	saveProgress(
		id: number,
		lease: ImportLease,
		progress: Partial<ImportProgress & ImportPace>,
	): Promise<{ readonly cancelRequested: boolean }>;
	finish(
		id: number,
		token: string,
		end: {
			readonly state: 'done' | 'failed' | 'canceled' | 'undone';
			readonly error: string | null;
			readonly at: number;
		},
	): Promise<Import>;
	/** One that waits is canceled at once, one that runs at its next chunk; null for one that has ended. */
	cancel(id: number, at: number): Promise<Import | null>;
	/** Back to the queue, from where it stopped, or, when it was undone, from its first row. */
	requeue(id: number, options: ImportOptions): Promise<Import>;
	/** Puts it where `claim` finds it to be undone. */
	requestUndo(id: number): Promise<Import>;
	addErrors(id: number, errors: readonly ImportRowError[]): Promise<void>;
	/** By row. */
	errors(id: number, page: { limit: number; offset: number }): Promise<ImportRowError[]>;
	/** Those of one list (null: of rows in none) from `row` on, by row. */
	errorsFrom(
		id: number,
		from: { readonly list: string | null; readonly row: number },
		limit: number,
	): Promise<ImportRowError[]>;
	/** What it takes to take the chunk back that begins behind so many rows. */
	addChange(id: number, rowsBefore: number, change: ImportChange): Promise<void>;
	lastChange(id: number): Promise<{ readonly rowsBefore: number; readonly change: ImportChange } | null>;
	removeChange(id: number, rowsBefore: number): Promise<void>;
	addKept(id: number, records: readonly KeptRecord[]): Promise<void>;
	/** What the undoing left as it was. */
	kept(id: number, page: { limit: number; offset: number }): Promise<KeptRecord[]>;
	/** The mappings that were used last, by the shape of their files; the newest of them. */
	mappings(): Promise<Map<string, ImportMapping>>;
	rememberMapping(shape: string, mapping: ImportMapping, at: number): Promise<void>;
	remove(id: number): Promise<boolean>;
}

/** Which import wrote a record last, and from which row of its file; null for a record that none has. */
export interface ImportMark {
	readonly importId: number | null;
	readonly importRow: number | null;
}

/** Whole records, many at once and in few statements, as imports work on them. */
export interface BulkRecords<R, K extends keyof R & string> {
	/** Those that have one of the values in that very field, by id. */
	holders(values: { readonly [F in K]?: Iterable<string> }): Promise<(R & ImportMark)[]>;
	byIds(ids: readonly number[]): Promise<(R & ImportMark)[]>;
	/** Rising ids that no record has, for `insert`. */
	reserveIds(count: number): Promise<number[]>;
	insert(records: readonly (R & ImportMark)[]): Promise<void>;
	/** Leaves out those of whose unique values another record has one, and resolves with their ids. */
	insertUnknown(records: readonly (R & ImportMark)[]): Promise<ReadonlySet<number>>;
	/** Records as they become, one after the other, as unique keys see it. `all but keys` is for those that keep theirs. */
	update(records: readonly (R & ImportMark)[], what: 'all' | 'all but keys'): Promise<void>;
	/** Of records that stay as they are. */
	mark(records: readonly ({ readonly id: number } & ImportMark)[]): Promise<void>;
	/** Leaves the records as if the import had never met them. */
	unmark(importId: number): Promise<void>;
	remove(ids: readonly number[]): Promise<void>;
}

export interface BulkRepositories {
	readonly customers: BulkRecords<Customer, 'externalId' | 'email' | 'name'>;
	readonly vehicles: BulkRecords<Vehicle, 'vin' | 'plate' | 'externalId'>;
	/** Without their rules. */
	readonly tasks: BulkRecords<Task, never>;
	/** Keeps the vehicles' histories of customers: ends what is present and begins anew; null only ends. */
	attach(
		vehicles: readonly { readonly vehicleId: number; readonly customerId: number | null }[],
		at: number,
	): Promise<void>;
	/** Takes back what was attached or detached at the very time `at`. */
	detach(vehicleIds: readonly number[], at: number): Promise<void>;
	/** Leaves the vehicles without a current status. */
	forgetStatuses(vehicleIds: readonly number[]): Promise<void>;
	/** Takes reports out of the history and their ids out of the inbox. */
	forgetReports(feed: string, reports: ImportChange['reports']): Promise<void>;
	/** Those of the vehicles that have reports, open tasks or firings. */
	vehiclesInUse(ids: readonly number[]): Promise<Set<number>>;
	/** Those of the customers that have vehicles or tasks. */
	customersInUse(ids: readonly number[]): Promise<Set<number>>;
}
