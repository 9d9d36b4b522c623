import type { Customer } from '../../domain/customer';
import type { Firing } from '../../domain/rules/firing';
import type { Vehicle } from '../../domain/vehicle';
import type { Fleet } from '../fleet';
import type { IncomingMessage } from '../ports/message-bus';
import type { QuarantinedMessage } from '../ports/store';
import { batchEvents } from './batch-events';
import { evaluateBatch } from './evaluate-batch';
import { matchVehicles } from './match-vehicles';
import { readMessages } from './read-messages';
import { ruleSetCache } from './rule-set-cache';
import { saveFirings } from './save-firings';
import { saveStatuses } from './save-statuses';
import { storeActions } from './store-actions';
import { takeNew } from './take-new';

export interface FeedOptions {
	/** Name of the feed; message ids are known again within one feed. */
	readonly feed: string;
	/** How far a sender's clock may run ahead; default 5 minutes. */
	readonly maxFutureMs?: number;
}

export interface FiringReport {
	readonly firing: Firing;
	readonly vehicle: Vehicle;
	readonly customer: Customer | null;
	/** Actions of this firing that wait to be performed. */
	readonly actions: number;
}

export interface BatchResult {
	/** Messages that are in the history now and were not before. */
	readonly accepted: number;
	/** Messages that had been taken, or quarantined, before: without effect. */
	readonly duplicates: number;
	/** How many of the accepted were older than what was known of their vehicle: history only. */
	readonly stale: number;
	readonly fired: readonly FiringReport[];
	readonly cleared: readonly FiringReport[];
	/** Messages that were quarantined, each with its reason. */
	readonly rejected: readonly QuarantinedMessage[];
}

export interface FeedProcessor {
	/**
	 * Takes a batch whole, in one transaction: when this resolves, everything that it brought about is committed and
	 * the batch may be acknowledged; when it rejects, nothing is left of it and it must be delivered again. A message
	 * that cannot be processed never makes it reject.
	 */
	process(messages: readonly Pick<IncomingMessage, 'payload'>[]): Promise<BatchResult>;
}

const DEFAULT_MAX_FUTURE_MS = 5 * 60_000;

/** Keeps the compiled rules from batch to batch: make one for a feed and hold on to it. */
export function feedProcessor({ store, clock }: Fleet, options: FeedOptions): FeedProcessor {
	const { feed, maxFutureMs = DEFAULT_MAX_FUTURE_MS } = options;
	const rules = ruleSetCache();
	return {
		async process(messages) {
			const now = clock();
			const read = readMessages(messages, feed, { now, maxFutureMs });
			return await store.write(async (session) => {
				const { known, unknown } = await matchVehicles(session, feed, read.reports, now);
				const reports = await takeNew(session, feed, known, now);
				const ruleSet = await rules.current(session);
				const outcomes = await evaluateBatch(session, reports, ruleSet, now);
				await saveStatuses(session, feed, reports, outcomes, now);
				const { opened, cleared } = await saveFirings(session, outcomes);
				const { tasks, pending } = await storeActions(session, opened, now);
				const events = batchEvents(opened, tasks, cleared, now);
				if (events.length > 0) await session.events.append(events);
				const refused = [...read.rejected, ...unknown];
				const rejected = refused.length > 0 ? await session.quarantine.add(refused) : [];
				return {
					accepted: reports.length,
					duplicates: read.duplicates + known.length - reports.length + refused.length - rejected.length,
					stale: outcomes.reduce((sum, { staleCount }) => sum + staleCount, 0),
					fired: opened.map(({ firing, draft, customer }) => ({
						firing,
						vehicle: draft.vehicle,
						customer,
						actions: pending.get(firing.id) ?? 0,
					})),
					cleared: cleared.map((report) => ({ ...report, actions: 0 })),
					rejected,
				};
			});
		},
	};
}
