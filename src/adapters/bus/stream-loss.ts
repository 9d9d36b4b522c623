import { compareIds, type StreamState } from './stream-state';

/** How far a stream was read. */
export interface ReadState {
	readonly lastId: string;
	/** How many entries there were up to `lastId`, lost ones that were told of included; null where nobody knows. */
	readonly position: number | null;
}

/** What is remembered from one look to the next. */
export interface LossMemory {
	/** The newest entry of which it is known that it was there. */
	readonly seenId: string;
	/** What is missing up to here was told of, though not how many it were. */
	readonly toldId: string;
}

export interface LossFinding {
	/** Null: nothing is known to be lost. Its `count` is null when nobody knows how many. */
	readonly loss: { readonly count: number | null } | null;
	readonly position: number | null;
	readonly memory: LossMemory;
}

export const NOTHING_TOLD: LossMemory = { seenId: '0-0', toldId: '0-0' };

/**
 * Finds what was removed from a stream (XTRIM, MAXLEN, XDEL) before it was read. Redis 7 counts what was added: what
 * is neither read nor there is lost. That can be told when the reading is at the stream's end, or before its first
 * entry. Else, and before Redis 7, only the ids tell, and not how many.
 */
export function findLoss(stream: StreamState, read: ReadState, memory: LossMemory): LossFinding {
	const { firstId, lastId, entriesAdded, length } = stream;
	const isAtEnd = compareIds(lastId, read.lastId) <= 0;
	const isBeforeFirst = firstId === null || compareIds(firstId, read.lastId) > 0;
	const seen = { ...memory, seenId: lastId };

	if (entriesAdded !== null && (isAtEnd || isBeforeFirst)) {
		const position = entriesAdded - (isAtEnd ? 0 : length);
		if (read.position !== null) {
			const count = position - read.position;
			const isKnown = count <= 0 || memory.toldId !== '0-0';
			return { loss: isKnown ? null : { count }, position, memory: { seenId: lastId, toldId: '0-0' } };
		}
		if (isAtEnd) return { loss: null, position, memory: seen };
	}
	const missing = isAtEnd ? null : missingId(stream, read.lastId, memory.seenId);
	if (missing === null || compareIds(missing, memory.toldId) <= 0) {
		return { loss: null, position: read.position, memory: seen };
	}
	return { loss: { count: null }, position: read.position, memory: { seenId: lastId, toldId: missing } };
}

/** The id of an entry that is gone although nobody has read it; null when none is known to be. */
function missingId(
	{ firstId, lastId, maxDeletedId }: StreamState,
	readId: string,
	seenId: string,
): string | null {
	if (firstId === null) return lastId;
	if (maxDeletedId !== null && compareIds(maxDeletedId, readId) > 0) return maxDeletedId;
	return compareIds(seenId, readId) > 0 && compareIds(firstId, seenId) > 0 ? seenId : null;
}
