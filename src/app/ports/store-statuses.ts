import type { AttributeValue } from '../../domain/attributes';
import type { StatusMessage, StatusReport, VehicleStatus } from '../../domain/status';

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
