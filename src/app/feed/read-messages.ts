import { parseStatusMessages } from '../../domain/parse-status-message';
import type { TimeLimits } from '../../domain/parse-status-message-time';
import type { StatusMessage } from '../../domain/status';
import type { IncomingMessage } from '../ports/message-bus';
import type { QuarantinedMessage } from '../ports/store-statuses';
import { payloadText } from './payload-text';

/** `transportId` is needed only where the format takes it for the message's id. */
export type FeedMessage = Pick<IncomingMessage, 'payload'> & Partial<IncomingMessage>;

export interface ReadReport {
	readonly message: StatusMessage;
	readonly payload: string;
}

export interface ReadBatch {
	readonly reports: readonly ReadReport[];
	readonly rejected: readonly QuarantinedMessage[];
	/** Messages that stand in this batch twice. */
	readonly duplicates: number;
}

/** Reads what came over the transport; of messages with one id, the first. */
export function readMessages(messages: readonly FeedMessage[], feed: string, limits: TimeLimits): ReadBatch {
	const reports = new Map<string, ReadReport>();
	const rejected = new Map<string, QuarantinedMessage>();
	let count = 0;
	for (const message of messages) {
		const payload = payloadText(message.payload);
		for (const parsed of parseStatusMessages(payload, limits)) {
			count++;
			if (parsed.ok) {
				if (!reports.has(parsed.message.messageId)) reports.set(parsed.message.messageId, parsed);
			} else if (!rejected.has(parsed.messageId)) {
				rejected.set(parsed.messageId, quarantined(feed, parsed, limits.now));
			}
		}
	}
	return {
		reports: [...reports.values()],
		rejected: [...rejected.values()],
		duplicates: count - reports.size - rejected.size,
	};
}

/** What to keep of a message that cannot be processed. */
export function quarantined(
	feed: string,
	refusal: {
		readonly messageId: string;
		readonly payload: string;
		readonly field: string | null;
		readonly reason: string;
		readonly hint: string;
	},
	receivedAt: number,
): QuarantinedMessage {
	return {
		feed,
		messageId: refusal.messageId,
		payload: storable(refusal.payload),
		reason: storable(`${refusal.reason}. ${refusal.hint}`),
		field: refusal.field,
		receivedAt,
	};
}

/** PostgreSQL refuses a text with NUL in it, which would take the whole batch down with it. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');
