import { setImmediate as giveWay } from 'node:timers/promises';
import { RecordNotFoundError, StoreUnavailableError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { RecordQuery } from '../ports/store-records';
import type { RejectedMessage } from '../ports/store-statuses';
import { findById } from '../records/find-record';
import type { RecordRef } from '../records/record-ref';
import { REJECTED_MESSAGE } from '../records/rejected-messages';
import { type BatchResult, type FeedProcessor, feedProcessor, NOTHING } from './process-batch';
import type { FeedMessage } from './read-messages';

export interface ReplayedMessage extends Pick<
	BatchResult,
	'accepted' | 'duplicates' | 'stale' | 'fired' | 'cleared'
> {
	/** Of the rejected message. */
	readonly id: number;
	readonly feed: string;
	readonly messageId: string;
	/**
	 * `taken`: it is in the history. `duplicate`: it had been taken, or waits among the rejected messages a second time.
	 * `rejected`: it, or a part of it, stays where it was, with the new reason.
	 */
	readonly outcome: 'taken' | 'duplicate' | 'rejected';
	readonly reason: string | null;
	readonly field: string | null;
	/** How often it was refused so far. */
	readonly tries: number;
}

const IDS_AT_ONCE = 500;

/**
 * Takes a rejected message as if it came now, by its feed's format, in the one transaction that takes it out of the
 * quarantine: whenever the process ends, it is in exactly one place. One that is refused again stays.
 */
export async function replayRejectedMessage(fleet: Fleet, ref: RecordRef): Promise<ReplayedMessage> {
	return await replay(fleet, ref, processors(fleet));
}

/** All that the query finds, in the order in which they came; each in a transaction of its own. */
export async function replayRejectedMessages(
	fleet: Fleet,
	query: Omit<RecordQuery<RejectedMessage>, 'orderBy' | 'descending' | 'offset'>,
): Promise<ReplayedMessage[]> {
	const ids = await idsOf(fleet, query);
	const processorOf = processors(fleet);
	const replayed: ReplayedMessage[] = [];
	for (const id of ids) {
		try {
			replayed.push(await replay(fleet, { id }, processorOf));
		} catch (error) {
			// Somebody else has replayed or deleted it meanwhile.
			if (!(error instanceof RecordNotFoundError)) throw error;
		}
		await giveWay();
	}
	return replayed;
}

async function idsOf(fleet: Fleet, query: RecordQuery<RejectedMessage>): Promise<number[]> {
	const { limit = Infinity, ...conditions } = query;
	return await fleet.store.read(async ({ quarantine }) => {
		const ids: number[] = [];
		for (;;) {
			const size = Math.min(IDS_AT_ONCE, limit - ids.length);
			const page = size > 0 ? await quarantine.find({ ...conditions, limit: size, offset: ids.length }) : [];
			ids.push(...page.map(({ id }) => id));
			if (page.length < IDS_AT_ONCE) return ids;
		}
	});
}

type ProcessorOf = (message: RejectedMessage) => FeedProcessor;

/** One for each feed and format, so that the rules are compiled once for many messages. */
function processors(fleet: Fleet): ProcessorOf {
	const made = new Map<string, FeedProcessor>();
	return ({ feed, format }) => {
		const key = JSON.stringify([feed, format]);
		const known = made.get(key) ?? feedProcessor(fleet, { feed, ...(format === null ? {} : { format }) });
		made.set(key, known);
		return known;
	};
}

async function replay(fleet: Fleet, ref: RecordRef, processorOf: ProcessorOf): Promise<ReplayedMessage> {
	try {
		return await fleet.store.write(async (session) => {
			const message = await findById(REJECTED_MESSAGE, session.quarantine, ref);
			// Out of the way of what it may be refused as once more.
			await session.quarantine.update(message.id, { messageId: `\u0001replayed:${message.id}` });
			const result = await processorOf(message).processIn(session, [delivered(message)]);
			return await settle(session, message, result, fleet.clock());
		});
	} catch (error) {
		if (error instanceof StoreUnavailableError) throw error;
		return await fleet.store.write(async (session) => {
			const message = await findById(REJECTED_MESSAGE, session.quarantine, ref);
			const reason = `cannot be processed: ${error instanceof Error ? error.message : String(error)}`;
			return await stay(session, message, { reason, field: null }, NOTHING, fleet.clock());
		});
	}
}

function delivered({ payload, transportId, topic }: RejectedMessage): FeedMessage {
	return {
		payload,
		...(transportId === null ? {} : { transportId }),
		...(topic === null ? {} : { topic }),
	};
}

async function settle(
	session: StoreSession,
	message: RejectedMessage,
	result: BatchResult,
	now: number,
): Promise<ReplayedMessage> {
	const { quarantine } = session;
	const refused =
		result.rejected.find(({ messageId }) => messageId === message.messageId) ?? result.rejected[0];
	if (refused === undefined) {
		await quarantine.remove(message.id);
		const { accepted, duplicates } = result;
		const outcome = accepted === 0 && duplicates > 0 ? 'duplicate' : 'taken';
		return { ...replayed(message, result), outcome, reason: null, field: null, tries: message.tries };
	}
	const { feed, messageId, payload, reason, field } = refused;
	const [added] = await quarantine.find({ where: { feed, messageId }, limit: 1 });
	if (added !== undefined) await quarantine.remove(added.id);
	return await stay(session, message, { messageId, payload, reason, field }, result, now);
}

async function stay(
	{ quarantine }: StoreSession,
	message: RejectedMessage,
	refused: { messageId?: string; payload?: string; reason: string; field: string | null },
	result: BatchResult,
	now: number,
): Promise<ReplayedMessage> {
	const tries = message.tries + 1;
	const changes = { messageId: message.messageId, ...refused, tries, lastTriedAt: now };
	await quarantine.update(message.id, changes);
	const { messageId, reason, field } = changes;
	return { ...replayed({ ...message, messageId }, result), outcome: 'rejected', reason, field, tries };
}

function replayed({ id, feed, messageId }: RejectedMessage, result: BatchResult) {
	const { accepted, duplicates, stale, fired, cleared } = result;
	return { id, feed, messageId, accepted, duplicates, stale, fired, cleared };
}
