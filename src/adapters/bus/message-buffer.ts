import type { IncomingMessage } from '../../app/ports/message-bus';

/** First in, first out; when it is full, the oldest messages make room. */
interface MessageBuffer {
	push(message: IncomingMessage): void;
	take(limit: number): IncomingMessage[];
	size(): number;
	/** How many had to make room since this was last asked. */
	takeDropped(): number;
}

export function messageBuffer(maxMessages: number, maxCharacters: number): MessageBuffer {
	let messages: IncomingMessage[] = [];
	let first = 0;
	let characters = 0;
	let dropped = 0;

	const shift = (): IncomingMessage | undefined => {
		const message = messages[first];
		if (!message) return undefined;
		first += 1;
		characters -= message.payload.length;
		// Shifting the array itself would move all of it for each message.
		if (first * 2 > messages.length) {
			messages = messages.slice(first);
			first = 0;
		}
		return message;
	};

	return {
		push: (message) => {
			messages.push(message);
			characters += message.payload.length;
			const isFull = () => messages.length - first > maxMessages || characters > maxCharacters;
			while (messages.length - first > 1 && isFull()) {
				shift();
				dropped += 1;
			}
		},
		take: (limit) => {
			const taken: IncomingMessage[] = [];
			while (taken.length < limit) {
				const message = shift();
				if (!message) break;
				taken.push(message);
			}
			return taken;
		},
		size: () => messages.length - first,
		takeDropped: () => {
			const count = dropped;
			dropped = 0;
			return count;
		},
	};
}
