import { FLEET_FORMAT, type MessageFormat } from '../../domain/message-formats/message-format';
import { messageReader } from '../../domain/message-formats/message-reader';
import type { Delivery } from '../../domain/message-formats/parse-report';
import { rejectedMessage, type ParsedMessage, type TakenMessage } from '../../domain/parse-status-message';
import type { TimeLimits } from '../../domain/parse-status-message-time';
import type { StatusMessage } from '../../domain/status';
import type { IncomingMessage } from '../ports/message-bus';
import type { QuarantinedMessage } from '../ports/store-statuses';
import { openPayload } from './open-payload';

/** `transportId` is needed only where the format takes it for the message's id. */
export type FeedMessage = Pick<IncomingMessage, 'payload'> & Partial<IncomingMessage>;

export interface ReadReport {
	readonly message: StatusMessage;
	/** The text of this message alone. It is made when it is asked for, which costs more than to read the message. */
	readonly payload: string;
	/** How the message would have come alone. */
	readonly delivery: Delivery;
}

export interface ReadBatch {
	readonly reports: readonly ReadReport[];
	readonly rejected: readonly QuarantinedMessage[];
	/** Messages that stand in this batch twice. */
	readonly duplicates: number;
}

/**
 * Reads what came over a transport: compressed or not, one message or many in one payload, in the format of the feed.
 * Of messages with one id, the first.
 */
export type BatchReader = (messages: readonly FeedMessage[], limits: TimeLimits) => ReadBatch;

/** Works out once what the format needs for each payload. */
export function batchReader(feed: string, format: MessageFormat = FLEET_FORMAT): BatchReader {
	const reader = messageReader(format);
	return (messages, limits) => {
		const reports = new Map<string, ReadReport>();
		const rejected = new Map<string, QuarantinedMessage>();
		let count = 0;
		const take = (parsed: ParsedMessage, delivery: Delivery): void => {
			count++;
			if (parsed.ok) {
				const { messageId } = parsed.message;
				if (!reports.has(messageId)) reports.set(messageId, new Report(parsed, delivery));
			} else if (!rejected.has(parsed.messageId)) {
				rejected.set(parsed.messageId, quarantined(feed, { ...parsed, delivery }, limits.now));
			}
		};
		for (const message of messages) {
			const opened = openPayload(message.payload, reader.isBinary);
			if ('content' in opened) reader.read(opened.content, message, limits, take);
			else take(rejectedMessage(opened.error, opened.text), message);
		}
		return {
			reports: [...reports.values()],
			rejected: [...rejected.values()],
			duplicates: count - reports.size - rejected.size,
		};
	};
}

class Report implements ReadReport {
	readonly message: StatusMessage;

	constructor(
		private readonly parsed: TakenMessage,
		readonly delivery: Delivery,
	) {
		this.message = parsed.message;
	}

	get payload(): string {
		return this.parsed.payload;
	}
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
		readonly delivery?: Delivery;
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
		transportId: refusal.delivery?.transportId ?? null,
		topic: refusal.delivery?.topic ?? null,
	};
}

/** PostgreSQL refuses a text with NUL in it, which would take the whole batch down with it. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');
