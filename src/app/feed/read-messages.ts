import { FLEET_FORMAT, type MessageFormat } from '../../domain/message-formats/message-format';
import { messageReader } from '../../domain/message-formats/message-reader';
import type { Delivery } from '../../domain/message-formats/parse-report';
import { rejectedMessage, type ParsedMessage, type TakenMessage } from '../../domain/parse-status-message';
import type { TimeLimits } from '../../domain/parse-status-message-time';
import type { StatusMessage } from '../../domain/status';
import type { IncomingMessage } from '../ports/message-bus';
import type { QuarantinedMessage } from '../ports/store-statuses';
import { keepPayload } from './keep-payload';
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
 * Nearly always this is one batch, and always at least one. Payloads that hold very much are read as several, each when
 * it is asked for, so that no more is in memory than can be taken in one transaction. Of messages with one id in one
 * batch, the first.
 */
export type BatchReader = (messages: readonly FeedMessage[], limits: TimeLimits) => Iterable<ReadBatch>;

/** Past either, what was read is taken before more is read. */
const MESSAGES_AT_ONCE = 10_000;
const CHARACTERS_AT_ONCE = 32 * 1024 * 1024;

/** Works out once what the format needs for each payload. */
export function batchReader(feed: string, format: MessageFormat = FLEET_FORMAT): BatchReader {
	const reader = messageReader(format);
	function* read(messages: readonly FeedMessage[], limits: TimeLimits): Generator<ReadBatch> {
		let reports = new Map<string, ReadReport>();
		let rejected = new Map<string, QuarantinedMessage>();
		let count = 0;
		let characters = 0;
		const take = (parsed: ParsedMessage, delivery: Delivery): void => {
			count++;
			if (parsed.ok) {
				const { messageId } = parsed.message;
				if (!reports.has(messageId)) reports.set(messageId, new Report(parsed, delivery));
			} else if (!rejected.has(parsed.messageId)) {
				rejected.set(parsed.messageId, quarantined(feed, { ...parsed, delivery }, limits.now));
			}
		};
		const taken = (): ReadBatch => ({
			reports: [...reports.values()],
			rejected: [...rejected.values()],
			duplicates: count - reports.size - rejected.size,
		});
		for (const message of messages) {
			if (count >= MESSAGES_AT_ONCE || characters >= CHARACTERS_AT_ONCE) {
				yield taken();
				reports = new Map();
				rejected = new Map();
				count = characters = 0;
			}
			const opened = openPayload(message.payload, reader.isBinary);
			if ('content' in opened) {
				characters += opened.content.length;
				reader.read(opened.content, message, limits, take);
			} else take(rejectedMessage(opened.error, opened.text), message);
		}
		yield taken();
	}
	return read;
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
	const { text, note } = keepPayload(refusal.payload);
	return {
		feed,
		messageId: refusal.messageId,
		payload: storable(text),
		reason: storable(`${refusal.reason}${note}. ${refusal.hint}`),
		field: refusal.field,
		receivedAt,
		transportId: refusal.delivery?.transportId ?? null,
		topic: refusal.delivery?.topic ?? null,
	};
}

/** PostgreSQL refuses a text with NUL in it, which would take the whole batch down with it. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');
