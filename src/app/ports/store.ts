import type { Action, ActionContent } from '../../domain/action';
import type { AttributeValue } from '../../domain/attributes';
import type { Customer, CustomerFields } from '../../domain/customer';
import type { FleetEvent } from '../../domain/event';
import type { Import, ImportFields, ImportRowError } from '../../domain/import';
import type { LogEntry, LogFields } from '../../domain/log';
import type { Geofence, GeofenceFields } from '../../domain/geofence';
import type { Firing } from '../../domain/rules/firing';
import type { Rule, RuleFields, Severity } from '../../domain/rules/rule';
import type { RuleState } from '../../domain/rules/rule-state';
import type { TaskWatch } from '../../domain/rules/watched-rules';
import type { StatusMessage, StatusReport, VehicleStatus } from '../../domain/status';
import type { Task, TaskFields, TaskState } from '../../domain/task';
import type { Vehicle, VehicleAttachment, VehicleFields } from '../../domain/vehicle';

/**
 * The fleet's records. One `write` is one transaction: it commits when `work` resolves and leaves nothing behind
 * when it rejects. Writes of one process run one after the other, in the order in which they were asked for;
 * those of other processes on the same store wait, they do not fail. A session is dead once its `work` has settled.
 */
export interface FleetStore {
	write<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	read<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

export interface StoreSession {
	readonly customers: RecordRepository<Customer, CustomerFields>;
	readonly vehicles: VehicleRepository;
	readonly statuses: StatusRepository;
	readonly tasks: TaskRepository;
	readonly rules: RuleRepository;
	readonly geofences: RecordRepository<Geofence, GeofenceFields>;
	readonly backlogs: BacklogRepository;
	readonly firings: FiringRepository;
	readonly actions: ActionRepository;
	readonly logs: LogRepository;
	readonly imports: ImportRepository;
	readonly inbox: InboxRepository;
	readonly quarantine: QuarantineRepository;
	readonly events: EventRepository;
}

/** `where` compares for equality, null included; `search` finds a part of the record's names and keys, in any case. */
export interface RecordQuery<R> {
	readonly where?: Partial<R>;
	readonly search?: string;
	/** Default: `id`, ascending. */
	readonly orderBy?: keyof R & string;
	readonly descending?: boolean;
	readonly limit?: number;
	readonly offset?: number;
}

export interface RecordReader<R> {
	/** Null when there is none. */
	get(id: number): Promise<R | null>;
	/** By id; those that there are. Any number of ids, in few statements. */
	getMany(ids: readonly number[]): Promise<Map<number, R>>;
	find(query?: RecordQuery<R>): Promise<R[]>;
	count(query?: Pick<RecordQuery<R>, 'where' | 'search'>): Promise<number>;
}

/**
 * `at` is the time that the record is stamped with. Breaking a unique key rejects with `DuplicateRecordError`,
 * naming the field.
 */
export interface RecordRepository<R, Fields> extends RecordReader<R> {
	create(fields: Fields, at: number): Promise<R>;
	/** Null when there is no such record; fields that are left out stay as they are. */
	update(id: number, changes: Partial<Fields>, at: number): Promise<R | null>;
	/** False when there was none. */
	remove(id: number): Promise<boolean>;
}

export type VehicleKey = 'vin' | 'plate' | 'externalId';

export interface VehicleRepository extends RecordRepository<Vehicle, VehicleFields> {
	/**
	 * Looks each key up as VIN, then plate, then external id, as it is written (callers normalise); keys that no
	 * vehicle has are absent from the answer. Any number of keys, in few statements.
	 */
	findByKeys(keys: readonly string[]): Promise<Map<string, Vehicle>>;
	/**
	 * Creates or updates many at once, matched by `key`; every entry has it set, none twice. Fields that are
	 * undefined stay as they are in a record that exists; `attributes` are merged into it. Returns ids in the order
	 * of the entries, and which of them were created. A clash with another vehicle's unique key throws
	 * `DuplicateRecordError`.
	 */
	upsertMany(
		key: VehicleKey,
		entries: readonly Partial<VehicleFields>[],
		at: number,
	): Promise<UpsertResult[]>;
	/** Ends the present attachment, if any, and begins the new one; null detaches. No change when it is already so. */
	attach(vehicleId: number, customerId: number | null, at: number): Promise<void>;
	/** Oldest first. */
	attachments(vehicleId: number): Promise<VehicleAttachment[]>;
}

export interface UpsertResult {
	readonly id: number;
	readonly created: boolean;
}

export interface StatusRepository {
	current(vehicleIds: readonly number[]): Promise<Map<number, VehicleStatus>>;
	saveCurrent(statuses: readonly VehicleStatus[]): Promise<void>;
	append(reports: readonly StatusReport[]): Promise<void>;
	/** Newest first by `reportedAt`. */
	history(vehicleId: number, range: { from?: number; to?: number; limit?: number }): Promise<StatusReport[]>;
	/**
	 * Reports of all vehicles in the range, in pages: vehicle by vehicle, by their times, those of one time as they came.
	 * `after` is the page before's last report; an empty page ends it.
	 */
	scan(range: {
		from: number;
		to: number;
		vehicleIds?: readonly number[];
		after: ScannedReport | null;
		limit: number;
	}): Promise<ScannedReport[]>;
	/** Every attribute that was ever reported, with the newest value that was noted of it, by name. */
	knownAttributes(): Promise<KnownAttribute[]>;
	/** Keeps the newest of each name. */
	noteAttributes(attributes: readonly KnownAttribute[]): Promise<void>;
}

/** A report of the history, without what rules do not look at. */
export type ScannedReport = Omit<StatusReport, 'feed' | 'receivedAt' | 'valueTimes'> & {
	readonly id: number;
};

export interface KnownAttribute {
	readonly name: string;
	readonly lastValue: AttributeValue;
	/** `reportedAt` of that value. */
	readonly lastReportedAt: number;
}

export interface TaskRepository extends RecordReader<Task> {
	create(fields: TaskFields, at: number, firingId?: number | null): Promise<Task>;
	update(id: number, changes: Partial<TaskFields>, at: number): Promise<Task | null>;
	remove(id: number): Promise<boolean>;
	/** Moves a task whose state is still `from`; null when there is none. */
	moveState(id: number, from: TaskState, to: TaskState, at: number): Promise<Task | null>;
	/** Attaching what is attached, or detaching what is not, changes nothing. */
	attachRule(taskId: number, ruleId: number): Promise<void>;
	detachRule(taskId: number, ruleId: number): Promise<void>;
}

/** What the feed evaluates. `revision` changes whenever `rules`, `taskWatches` or `geofences` might have. */
export interface ActiveRules {
	readonly revision: number;
	readonly rules: readonly Rule[];
	readonly taskWatches: readonly TaskWatch[];
	readonly geofences: readonly Geofence[];
}

/** What is different since an earlier revision. */
export interface RuleChanges {
	readonly revision: number;
	/** Rules that were made or changed since, and are enabled. */
	readonly changed: readonly Rule[];
	/** Ids of rules that were disabled or removed since. */
	readonly gone: readonly number[];
	/** Null when they are as they were. */
	readonly taskWatches: readonly TaskWatch[] | null;
	readonly geofences: readonly Geofence[] | null;
}

/** The state of a rule for a vehicle, and the firing that is open, or null. */
export interface StoredRuleState {
	readonly ruleId: number;
	readonly vehicleId: number;
	readonly firingId: number | null;
	readonly state: RuleState;
}

/** A rule as one save left it. */
export interface RuleVersion {
	readonly ruleId: number;
	readonly version: number;
	readonly savedAt: number;
	readonly fields: RuleFields;
}

/** Every `create` and `update` keeps the rule as a version, too. */
export interface RuleRepository extends RecordRepository<Rule, RuleFields> {
	/** A rule on trial as the next version of another one. */
	createShadow(of: number, fields: RuleFields, at: number): Promise<Rule>;
	/** Newest first. */
	versions(id: number): Promise<RuleVersion[]>;
	version(id: number, version: number): Promise<RuleVersion | null>;
	/** One cheap statement. */
	revision(): Promise<number>;
	/** Enabled rules, the open tasks that they are attached to, and all geofences. */
	active(): Promise<ActiveRules>;
	changesSince(revision: number): Promise<RuleChanges>;
	states(vehicleIds: readonly number[]): Promise<StoredRuleState[]>;
	/** Of two with one rule and vehicle the last counts; one like `NEVER_MET` is removed. */
	saveStates(states: readonly StoredRuleState[]): Promise<void>;
	/** Vehicles with a rule that is due at `until` or before, those waiting longest first. By an index. */
	dueVehicles(until: number, limit: number): Promise<number[]>;
	/**
	 * Makes the rule due at once for every vehicle that has reported, so that what the clock decides begins for those
	 * that are silent, too. Leaves what is remembered as it is.
	 */
	makeDue(ruleId: number, at: number): Promise<void>;
	/** Drops what the parts of the rule's pattern remember; whether it is met stays. */
	forgetMemory(ruleId: number): Promise<void>;
}

/**
 * Reports that wait for earlier ones of their vehicle that may still come, and where the rules stand meanwhile.
 * A vehicle for which nothing waits has none.
 */
export interface Backlog {
	readonly vehicleId: number;
	/** The vehicle as the last evaluated report left it; the current status is ahead of it. */
	readonly evaluated: VehicleStatus | null;
	/** In the order in which they came. */
	readonly waiting: readonly WaitingReport[];
}

export interface WaitingReport {
	readonly message: StatusMessage;
	readonly receivedAt: number;
	/** When it is taken at the latest. */
	readonly dueAt: number;
}

export interface BacklogRepository {
	of(vehicleIds: readonly number[]): Promise<Map<number, Backlog>>;
	/** A backlog without waiting reports is removed. */
	save(backlogs: readonly Backlog[]): Promise<void>;
	/** Vehicles with a report that is due at `until` or before. By an index. */
	dueVehicles(until: number, limit: number): Promise<number[]>;
}

export interface FiringRepository extends RecordReader<Firing> {
	/** Ids in the order of the firings. */
	open(firings: readonly Omit<Firing, 'id' | 'clearedAt' | 'acknowledgedAt'>[]): Promise<number[]>;
	/** Ends those that are open and returns just them, by id; of two entries with one id the first counts. */
	clear(firings: readonly { id: number; clearedAt: number }[]): Promise<Map<number, Firing>>;
	acknowledge(id: number, at: number): Promise<Firing | null>;
	changeSeverity(firings: readonly { id: number; severity: Severity }[]): Promise<void>;
	/** The rule's firings that opened in the range, from included, to excluded, oldest first. */
	openedBetween(
		ruleId: number,
		from: number,
		to: number,
	): Promise<{ vehicleId: number; openedAt: number; clearedAt: number | null }[]>;
}

export interface NewAction {
	readonly firingId: number;
	readonly position: number;
	/** When what it follows happened; with `firingId` and `position` it is the action's key. */
	readonly occurredAt: number;
	readonly content: ActionContent;
	/** Not before; default at once. */
	readonly dueAt?: number;
	/** `done` for what took effect in this very transaction, with its result. */
	readonly state: 'pending' | 'done';
	readonly result: string | null;
}

export interface ActionRepository extends RecordReader<Action> {
	/** An action whose key is already there is left alone. */
	add(actions: readonly NewAction[], at: number): Promise<void>;
	/**
	 * Leases pending actions that are due and under nobody's lease, oldest first; of `firingIds` only, when given.
	 * Nobody else is given them before `now + leaseMs`. `attempts` counts the one that begins with the claim.
	 */
	claim(lease: {
		token: string;
		now: number;
		leaseMs: number;
		limit: number;
		firingIds?: readonly number[];
	}): Promise<Action[]>;
	/** These three do nothing, and answer false, when `token` no longer holds the action's lease. */
	markDone(id: number, token: string, result: string, at: number): Promise<boolean>;
	retryLater(id: number, token: string, error: string, dueAt: number): Promise<boolean>;
	markDead(id: number, token: string, error: string): Promise<boolean>;
	/** Makes dead or waiting actions due now with their attempts counted anew; returns how many. */
	revive(ids: readonly number[], at: number): Promise<number>;
}

export interface LogRepository extends RecordReader<LogEntry> {
	/** Ids in the order of the entries. */
	append(entries: readonly LogFields[]): Promise<number[]>;
	remove(id: number): Promise<boolean>;
}

export interface ImportProgress {
	readonly rowsDone: number;
	readonly rowsCreated: number;
	readonly rowsUpdated: number;
	readonly rowsFailed: number;
}

export interface ImportRepository extends RecordReader<Import> {
	create(fields: ImportFields, at: number): Promise<Import>;
	/** The oldest import that is pending, or running under a lease that ran out; of `id` only, when given. Null when none. */
	claim(lease: { token: string; now: number; leaseMs: number; id?: number }): Promise<Import | null>;
	/** Rejects with `LeaseLostError` when `token` no longer holds the lease, so that the chunk rolls back. */
	saveProgress(
		id: number,
		lease: { token: string; now: number; leaseMs: number },
		progress: ImportProgress,
	): Promise<void>;
	finish(
		id: number,
		token: string,
		end: { state: 'done' | 'failed'; error: string | null; at: number },
	): Promise<Import>;
	addErrors(id: number, errors: readonly ImportRowError[]): Promise<void>;
	/** By row. */
	errors(id: number, page: { limit: number; offset: number }): Promise<ImportRowError[]>;
	remove(id: number): Promise<boolean>;
}

/** Remembers which messages were taken, so that a redelivery has no effect. */
export interface InboxRepository {
	/** Stores the ids that are not there yet and returns just those. */
	add(feed: string, messageIds: readonly string[], receivedAt: number): Promise<Set<string>>;
}

/** A message that could not be processed, kept whole with its reason. */
export interface QuarantinedMessage {
	readonly feed: string;
	readonly messageId: string;
	/** The text as it came. */
	readonly payload: string;
	readonly reason: string;
	/** The field that is wrong, as a dotted path, or null for the message as a whole. */
	readonly field: string | null;
	readonly receivedAt: number;
}

export interface QuarantineRepository {
	/** A message that is already there (same feed and id) is left alone; returns just those that were not. */
	add(messages: readonly QuarantinedMessage[]): Promise<QuarantinedMessage[]>;
	/** Newest first. */
	find(page: { feed?: string; limit: number; offset: number }): Promise<QuarantinedMessage[]>;
}

export interface EventRepository {
	append(events: readonly FleetEvent[]): Promise<void>;
}
