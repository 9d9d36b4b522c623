import type { IncomingMessage } from '../../app/ports/message-bus';

/** What was read: how many messages, and how long they are in all. */
export interface Taken {
	readonly count: number;
	/** Or bytes, where a payload is no text. */
	readonly characters: number;
}

/** A batch that has so many is full. */
export const BATCH_CHARACTERS = 16 * 1024 * 1024;
/** Of one answer, which a slow network has to bring within the time for an answer. */
const PAGE_CHARACTERS = 4 * 1024 * 1024;
const FIRST_PAGE = 4;
const GROWTH = 4;

export function takenOf(messages: readonly Pick<IncomingMessage, 'payload'>[]): Taken {
	let characters = 0;
	for (const { payload } of messages) characters += payload.length;
	return { count: messages.length, characters };
}

/** How many messages to ask for at once. Few at first, since nobody knows how long they are; many short ones. */
export function pageSizer() {
	let size = FIRST_PAGE;
	return {
		size: (limit: number): number => Math.min(limit, size),
		/** `isFull`: there would have been more. */
		took({ count, characters }: Taken, isFull: boolean): void {
			if (count === 0) return;
			const fitting = Math.max(1, Math.floor((PAGE_CHARACTERS * count) / Math.max(1, characters)));
			size = Math.min(fitting, isFull ? size * GROWTH : size);
		},
	};
}
