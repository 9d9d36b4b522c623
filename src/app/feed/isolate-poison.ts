import { BusUnavailableError, LeaseLostError, StoreUnavailableError } from '../errors';
import type { IncomingMessage } from '../ports/message-bus';

/** A message that fails although others go through, and what it fails with. */
export interface PoisonMessage {
	readonly message: IncomingMessage;
	readonly error: unknown;
}

interface Failing {
	tries: number;
	readonly since: number;
	/** What `proofs` was when it failed first. */
	readonly proofs: number;
}

interface PoisonSearch {
	/** Takes messages whole, or rejects and leaves nothing of them. Answers how many are new in the history. */
	process(messages: readonly IncomingMessage[]): Promise<number>;
	quarantine(poison: readonly PoisonMessage[]): Promise<void>;
	readonly clock: () => number;
	readonly maxTries: number;
	/** A search is given up when so many tries have failed and none has gone through; default: it goes on. */
	readonly mostFailures?: number;
}

/** How long everything has to fail before a single message is taken away to see whether the next one goes through. */
const FIRST_DOUBT_MS = 60_000;
const LONGEST_DOUBT_MS = 86_400_000;
/** How long at most nothing is sought after a search in which everything failed. */
const LONGEST_PAUSE_MS = 600_000;
/** Messages that other readers have taken over meanwhile are never heard of again. */
const MOST_REMEMBERED = 100_000;

/**
 * Takes batches as `process` does; one that keeps failing is searched for the messages that make it fail, by halves,
 * every `maxTries` tries: these are quarantined, and the others taken. Rejects while it is to be delivered again.
 *
 * Trouble of the store must not be laid to the messages: when not one of them is accepted, they are all kept, and
 * tried again. That cannot be told from messages which are all poison, so after a minute one of them is quarantined as
 * an attempt; the next such attempt waits twice as long, until a message is accepted. So long, or ten minutes, nothing is
 * sought.
 */
export function poisonFilter(options: PoisonSearch) {
	const { process, quarantine, clock, maxTries, mostFailures = Infinity } = options;
	const failing = new Map<string, Failing>();
	const attempted = new Set<string>();
	let proofs = 0;
	let attempts = 0;
	let attemptedAt = -Infinity;
	/** When everything failed in a search. */
	let soughtAt = -Infinity;
	/** Of the search that is under way: how many tries have failed, and what `proofs` was before. */
	let failures = 0;
	let proofsBefore = 0;
	const isGivenUp = () => failures >= mostFailures && proofs === proofsBefore;

	const take = async (messages: readonly IncomingMessage[]): Promise<void> => {
		if (messages.length === 0 || (await process(messages)) === 0) return;
		proofs++;
		attempts = 0;
		soughtAt = -Infinity;
	};

	/** The messages that fail alone, in their order. Rejects when the store or the bus goes away meanwhile. */
	const search = async (messages: readonly IncomingMessage[], error: unknown): Promise<PoisonMessage[]> => {
		const [message] = messages;
		if (message === undefined) return [];
		if (messages.length === 1) return [{ message, error }];
		const middle = messages.length >> 1;
		return [...(await searchAnew(messages.slice(0, middle))), ...(await searchAnew(messages.slice(middle)))];
	};
	const searchAnew = async (messages: readonly IncomingMessage[]): Promise<PoisonMessage[]> => {
		if (isGivenUp()) return [];
		try {
			await take(messages);
			return [];
		} catch (error) {
			if (isTrouble(error)) throw error;
			failures++;
			return await search(messages, error);
		}
	};

	/** The batch's oldest failure, with the tries of the message that was tried most often. */
	const noteFailure = (messages: readonly IncomingMessage[]): Failing => {
		if (failing.size > MOST_REMEMBERED) failing.clear();
		let worst: Failing = { tries: 0, since: clock(), proofs };
		for (const { transportId } of messages) {
			const known = failing.get(transportId) ?? { tries: 0, since: clock(), proofs };
			known.tries++;
			failing.set(transportId, known);
			if (known.tries > worst.tries) worst = known;
		}
		return worst;
	};

	const forget = (messages: readonly IncomingMessage[]): void => {
		if (failing.size === 0 && attempted.size === 0) return;
		for (const { transportId } of messages) {
			failing.delete(transportId);
			attempted.delete(transportId);
		}
	};

	const removePoison = async (messages: readonly IncomingMessage[], error: unknown): Promise<void> => {
		const { tries, since, proofs: proofsAtFirst } = noteFailure(messages);
		const waitMs = Math.min(FIRST_DOUBT_MS * 2 ** attempts, LONGEST_DOUBT_MS);
		if (tries % maxTries !== 0 || clock() - soughtAt < Math.min(waitMs, LONGEST_PAUSE_MS)) throw error;
		failures = 0;
		proofsBefore = proofsAtFirst;
		const suspects = await search(messages, error);
		if (proofs > proofsBefore) {
			// A second look: what only a passing trouble had hit goes through now.
			const poison: PoisonMessage[] = [];
			for (const { message } of suspects) poison.push(...(await searchAnew([message])));
			if (poison.length > 0) await quarantine(poison);
			return;
		}
		const [first] = suspects;
		if (first === undefined && !isGivenUp()) return;
		soughtAt = clock();
		if (first === undefined || clock() - Math.max(since, attemptedAt) < waitMs) throw error;
		await quarantine([first]);
		attempted.add(first.message.transportId);
		attempts++;
		attemptedAt = clock();
		if (suspects.length > 1 || isGivenUp()) throw error;
	};

	return async (messages: readonly IncomingMessage[]): Promise<void> => {
		const left = messages.filter(({ transportId }) => !attempted.has(transportId));
		try {
			await take(left);
		} catch (error) {
			if (isTrouble(error)) throw error;
			await removePoison(left, error);
		}
		forget(messages);
	};
}

/** What no message is to blame for. */
function isTrouble(error: unknown): boolean {
	return (
		error instanceof StoreUnavailableError ||
		error instanceof BusUnavailableError ||
		error instanceof LeaseLostError
	);
}
