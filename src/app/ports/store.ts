import type { Customer, CustomerFields } from '../../domain/customer';
import type { FleetEvent } from '../../domain/event';
import type { LogEntry, LogFields } from '../../domain/log';
import type { Task, TaskFields, TaskState } from '../../domain/task';
import type { Vehicle, VehicleAttachment, VehicleFields } from '../../domain/vehicle';
import type { FeedRunRepository, RetentionRepository, StoreMetricsRepository } from './store-operations';
import type { FeedLocks } from './store-feeds';
import type { BulkRepositories, ImportRepository } from './store-imports';
import type { GeofenceRepository, RecordReader, RecordRepository } from './store-records';
import type { ActionRepository, FiringRepository, RuleRepository } from './store-rules';
import type {
	BacklogRepository,
	InboxRepository,
	QuarantineRepository,
	StatusRepository,
} from './store-statuses';

/**
 * The fleet's records. One `write` is one transaction: it commits when `work` resolves and leaves nothing behind
 * when it rejects. Writes of one process run one after the other, in the order in which they were asked for;
 * those of other processes on the same store wait, they do not fail. A session is dead once its `work` has settled.
 */
export interface FleetStore {
	write<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	/**
	 * A `write` for a batch of a feed, or its timers. On PostgreSQL it has other `writeFeed`s beside it: what it shares
	 * with them it takes through `feedLocks`, and in this order: inbox, names of
	 * attributes and refused messages, vehicles, events. `work` may be
	 * called a second time, in a transaction of its own, when the first one is given up.
	 */
	writeFeed<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	read<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	/** A `read` of short look-ups, for which a feed waits: rejects sooner when the server falls silent. */
	readFeed<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

export interface StoreSession {
	readonly customers: RecordRepository<Customer, CustomerFields>;
	readonly vehicles: VehicleRepository;
	readonly statuses: StatusRepository;
	readonly tasks: TaskRepository;
	readonly rules: RuleRepository;
	readonly geofences: GeofenceRepository;
	readonly backlogs: BacklogRepository;
	readonly firings: FiringRepository;
	readonly actions: ActionRepository;
	readonly logs: LogRepository;
	readonly imports: ImportRepository;
	readonly bulk: BulkRepositories;
	readonly inbox: InboxRepository;
	readonly quarantine: QuarantineRepository;
	readonly feedRuns: FeedRunRepository;
	readonly metrics: StoreMetricsRepository;
	readonly retention: RetentionRepository;
	readonly events: EventRepository;
	readonly feedLocks: FeedLocks;
}

export type VehicleKey = 'vin' | 'plate' | 'externalId';

export interface VehicleRepository extends RecordRepository<Vehicle, VehicleFields> {
	/**
	 * Looks each key up as VIN, then plate, then external id, as it is written (callers normalise); keys that no
	 * vehicle has are absent from the answer. Any number of keys, in few statements.
	 */
	findByKeys(keys: readonly string[]): Promise<Map<string, Vehicle>>;
	/** Ends the present attachment, if any, and begins the new one; null detaches. No change when it is already so. */
	attach(vehicleId: number, customerId: number | null, at: number): Promise<void>;
	/** Oldest first. */
	attachments(vehicleId: number): Promise<VehicleAttachment[]>;
}

export interface TaskRepository extends RecordReader<Task> {
	create(fields: TaskFields, at: number, firingId?: number | null): Promise<Task>;
	/** In the order of the fields, in few statements for any number of them. */
	createMany(fields: readonly (TaskFields & { readonly firingId: number })[], at: number): Promise<Task[]>;
	update(id: number, changes: Partial<TaskFields>, at: number): Promise<Task | null>;
	remove(id: number): Promise<boolean>;
	/** Moves a task whose state is still `from`; null when there is none. */
	moveState(id: number, from: TaskState, to: TaskState, at: number): Promise<Task | null>;
	/** Attaching what is attached, or detaching what is not, changes nothing. */
	attachRule(taskId: number, ruleId: number): Promise<void>;
	detachRule(taskId: number, ruleId: number): Promise<void>;
}

export interface LogRepository extends RecordReader<LogEntry> {
	/** Ids in the order of the entries. */
	append(entries: readonly LogFields[]): Promise<number[]>;
	remove(id: number): Promise<boolean>;
}

export interface EventRepository {
	append(events: readonly FleetEvent[]): Promise<void>;
}
