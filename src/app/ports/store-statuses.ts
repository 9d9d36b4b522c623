import type { AttributeValue } from '../../domain/attributes';
import type { MessageFormat } from '../../domain/message-formats/message-format';
import type { StatusMessage, StatusReport, VehicleStatus } from '../../domain/status';
import type { RecordReader } from './store-records';

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

/** Remembers which messages were taken, so that a redelivery has no effect. */
export interface InboxRepository {
	/** Stores the ids that are not there yet and returns just those. */
	add(feed: string, messageIds: readonly string[], receivedAt: number): Promise<Set<string>>;
	/** Those of the ids that are there. */
	known(feed: string, messageIds: readonly string[]): Promise<Set<string>>;
}

/** A message that could not be processed, kept whole with its reason. */
export interface QuarantinedMessage {
	readonly feed: string;
	readonly messageId: string;
	/** The text as it came; of bytes, `base64:` and their base64. */
	readonly payload: string;
	readonly reason: string;
	/** The field that is wrong, as a dotted path, or null for the message as a whole. */
	readonly field: string | null;
	readonly receivedAt: number;
	/** What it takes to read the payload once more; absent where there is none. */
	readonly format?: MessageFormat | null;
	readonly transportId?: string | null;
	readonly topic?: string | null;
}

/** A quarantined message as a record. */
export interface RejectedMessage extends Required<QuarantinedMessage> {
	readonly id: number;
	/** How often it was refused. */
	readonly tries: number;
	/** When it was tried again last, or null. */
	readonly lastTriedAt: number | null;
}

export interface QuarantineRepository extends RecordReader<RejectedMessage> {
	/** A message that is already there (same feed and id) is left alone; returns just those that were not. */
	add(messages: readonly QuarantinedMessage[]): Promise<QuarantinedMessage[]>;
	/** Fields that are left out stay as they are. Null when there is no such message. */
	update(id: number, changes: Partial<Omit<RejectedMessage, 'id'>>): Promise<RejectedMessage | null>;
	/** False when there was none. */
	remove(id: number): Promise<boolean>;
}
