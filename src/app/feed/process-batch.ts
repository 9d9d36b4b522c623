import type { MessageFormat } from '../../domain/message-formats/message-format';
import type { Vehicle } from '../../domain/vehicle';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { QuarantinedMessage } from '../ports/store-statuses';
import { loadRuns } from './load-runs';
import { matchVehicles, type VehicleReport } from './match-vehicles';
import { attributeNotes } from './note-attributes';
import { batchReader, type FeedMessage, type ReadBatch } from './read-messages';
import { ringDue } from './ring-due';
import { ruleSetCache } from './rule-set-cache';
import { type KnownRuns, nothingKnown, runMemory } from './run-memory';
import { takeReport } from './run-vehicle';
import { appendHistory } from './save-statuses';
import { settleRuns, type FiringReport, type Settled } from './settle-runs';
import { takeNew } from './take-new';
import type { VehicleRun } from './vehicle-run';

export interface FeedOptions {
	/** Name of the feed; message ids are known again within one feed. */
	readonly feed: string;
	/** How far a sender's clock may run ahead; default 5 minutes. */
	readonly maxFutureMs?: number;
	/**
	 * How much older than its vehicle's newest a report may be and still go past the rules, in the order of
	 * `reportedAt`; default 0. Reports wait for each other so long.
	 */
	readonly allowedDelayMs?: number;
	/** How payloads are read; default: status messages in the product's own shape. */
	readonly format?: MessageFormat;
}

export interface BatchResult {
	/** Messages that are in the history now and were not before. */
	readonly accepted: number;
	/** Messages that had been taken, or quarantined, before: without effect. */
	readonly duplicates: number;
	/** How many of the accepted came too late for the rules and the current status: history only. */
	readonly stale: number;
	readonly fired: readonly FiringReport[];
	readonly cleared: readonly FiringReport[];
	/** Messages that were quarantined, each with its reason. */
	readonly rejected: readonly QuarantinedMessage[];
}

export interface FeedProcessor {
	/**
	 * Takes a batch whole, in one transaction: when this resolves, everything that it brought about is committed and
	 * the batch may be acknowledged; when it rejects, nothing is left of it and it must be delivered again. One whose
	 * payloads hold more than fits into a transaction is taken in several, and those before a failure stay committed.
	 * A message that cannot be processed never makes it reject. What a rule waits for rings before a later report of
	 * its vehicle; by the clock alone, only in `ring`.
	 */
	process(messages: readonly FeedMessage[]): Promise<BatchResult>;
	/** The same, telling of each transaction once it is committed; the next one waits until its result is taken. */
	processInParts(messages: readonly FeedMessage[]): AsyncIterable<BatchResult>;
	/** The same within a transaction of the caller's, with which it is committed or undone. */
	processIn(session: StoreSession, messages: readonly FeedMessage[]): Promise<BatchResult>;
	/**
	 * Does what is due by the clock, for all vehicles of the fleet: absences and durations without a message,
	 * reminders, reports whose wait is over. In transactions of some hundred vehicles each; rejects when the first one
	 * does, and resolves with what is committed when a later one does. When nothing is due, it costs two look-ups.
	 */
	ring(): Promise<BatchResult>;
}

export const NOTHING: BatchResult = {
	accepted: 0,
	duplicates: 0,
	stale: 0,
	fired: [],
	cleared: [],
	rejected: [],
};

const sum = (a: BatchResult, b: BatchResult): BatchResult => ({
	accepted: a.accepted + b.accepted,
	duplicates: a.duplicates + b.duplicates,
	stale: a.stale + b.stale,
	fired: [...a.fired, ...b.fired],
	cleared: [...a.cleared, ...b.cleared],
	rejected: [...a.rejected, ...b.rejected],
});

export const DEFAULT_MAX_FUTURE_MS = 5 * 60_000;

/** Keeps the compiled rules from batch to batch: make one for a feed and hold on to it. */
export function feedProcessor({ store, clock }: Fleet, options: FeedOptions): FeedProcessor {
	const { feed, maxFutureMs = DEFAULT_MAX_FUTURE_MS, allowedDelayMs = 0, format = null } = options;
	const readBatch = batchReader(feed, options.format);
	const rules = ruleSetCache();
	const notes = attributeNotes();
	const memory = runMemory();

	async function take(
		session: StoreSession,
		known: KnownRuns,
		reports: readonly VehicleReport[],
		now: number,
	): Promise<Settled & { readonly stale: number }> {
		const { ruleSet, readsRecords } = await rules.current(session);
		const vehicles = new Set<Vehicle>();
		for (const { vehicle } of reports) if (!known.runs.has(vehicle.id)) vehicles.add(vehicle);
		await loadRuns(session, [...vehicles], known.runs, {
			needsCustomers: readsRecords,
			mayWait: allowedDelayMs > 0,
		});
		const late = new Set<VehicleReport>();
		const runs = new Set<VehicleRun>();
		const delay = { receivedAt: now, allowedDelayMs };
		for (const report of reports) {
			const run = known.runs.get(report.vehicle.id);
			if (run === undefined) throw new Error(`Vehicle ${report.vehicle.id} was not loaded`);
			runs.add(run);
			if (!takeReport(run, ruleSet, report.message, delay)) late.add(report);
		}
		await appendHistory(session, feed, reports, late, now);
		return { stale: late.size, ...(await settleRuns(session, [...runs], now)) };
	}

	/** In the order of `FleetStore.writeFeed`. */
	async function takeBatch(session: StoreSession, runs: KnownRuns, read: ReadBatch, now: number) {
		const { known, unknown } = await matchVehicles(session, feed, read.reports, now, runs.vehicles);
		const reports = await takeNew(session, feed, known, now);
		const attributes = notes.worthNoting(reports, now);
		if (attributes.length > 0) await session.statuses.noteAttributes(attributes);
		const refused = [...read.rejected, ...unknown].map((message) => ({ ...message, format }));
		const rejected = refused.length > 0 ? await session.quarantine.add(refused) : [];
		const { hasEndedRules, ...taken } = await take(session, runs, reports, now);
		if (!hasEndedRules) runs.keep();
		const duplicates = read.duplicates + known.length - reports.length + refused.length - rejected.length;
		return { noted: attributes, result: { accepted: reports.length, duplicates, ...taken, rejected } };
	}

	async function* processInParts(messages: readonly FeedMessage[]): AsyncGenerator<BatchResult> {
		const now = clock();
		for (const read of readBatch(messages, { now, maxFutureMs })) {
			const { noted, result } = await store.writeFeed(
				async (session) => await takeBatch(session, await memory.begin(session), read, now),
			);
			notes.noted(noted, now);
			yield result;
		}
	}

	return {
		processInParts,

		async process(messages) {
			let all = NOTHING;
			for await (const result of processInParts(messages)) all = sum(all, result);
			return all;
		},

		async processIn(session, messages) {
			const now = clock();
			let all = NOTHING;
			for (const read of readBatch(messages, { now, maxFutureMs })) {
				all = sum(all, (await takeBatch(session, nothingKnown(), read, now)).result);
			}
			return all;
		},

		async ring() {
			const settled = await ringDue({ store, now: clock(), rules, memory, allowedDelayMs });
			return { ...NOTHING, ...settled };
		},
	};
}
