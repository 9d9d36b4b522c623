import type { InvalidFieldError } from '../errors';
import { rejectedMessage, type LazyText, type ParsedMessage } from '../parse-status-message';
import type { TimeLimits } from '../parse-status-message-time';
import { readGtfsPayload } from './gtfs-realtime-payload';
import { interpreter, type Report } from './interpreter';
import { base64Text } from './base64-text';
import { FLEET_FORMAT, type MessageFormat } from './message-format';
import { isTooMany, tooManyMessages } from './message-limit';
import { reportParser, type Delivery } from './parse-report';
import { elementText, readJsonText, type JsonMessage } from './read-json-text';

/** `delivery` is how the message would have come alone: of several in one payload, each has a transport id of its own. */
export type TakeMessage = (parsed: ParsedMessage, delivery: Delivery) => void;

export interface MessageReader {
	/** Whether payloads may be bytes of this format. Bytes of all others are text in UTF-8, to be decoded before. */
	readonly isBinary: boolean;
	/**
	 * Hands the messages of one payload to `take`. Never throws: what cannot be read is handed over as a rejection, and
	 * leaves the others alone.
	 */
	read(payload: string | Uint8Array, delivery: Delivery, limits: TimeLimits, take: TakeMessage): void;
}

/** Works out once what is needed for each payload. */
export function messageReader(format: MessageFormat): MessageReader {
	const isBinary = format.preset === 'gtfsRealtime';
	const { parse, parseOwn } = reportParser(format);
	const interpret = format.preset === 'fleet' ? null : interpreter(format);

	/** The product's own shape is the hot path: nothing is made that is not needed. */
	function readFleet(
		roots: readonly JsonMessage[],
		delivery: Delivery,
		limits: TimeLimits,
		take: TakeMessage,
	) {
		for (const [index, { value, error, text }] of roots.entries()) {
			const one = roots.length === 1 ? delivery : nth(delivery, index);
			take(error ? rejectedMessage(error, text) : parseOwn(value, text, one, limits), one);
		}
	}

	function readMapped(
		roots: readonly JsonMessage[],
		payload: string | Uint8Array,
		delivery: Delivery,
		limits: TimeLimits,
		take: TakeMessage,
	) {
		const messages: ReadMessage[] = [];
		let count = 0;
		for (const root of roots) {
			for (const message of messagesOf(root)) {
				messages.push(message);
				count += Math.max(1, message.reports.length);
			}
			if (!isTooMany(count)) continue;
			const text = typeof payload === 'string' ? payload : base64Text(payload);
			return take(rejectedMessage(tooManyMessages(), text), delivery);
		}
		for (const [index, { message, reports, text, error }] of messages.entries()) {
			const one = messages.length === 1 ? delivery : nth(delivery, index);
			if (error !== undefined) take(rejectedMessage(error, text), one);
			for (const report of reports) take(parse(report, message, text, one, limits), one);
		}
	}

	function messagesOf({ value, error, text }: JsonMessage): readonly ReadMessage[] {
		if (error !== undefined || interpret === null) return [{ message: value, reports: [], text, error }];
		return interpret(value).map((one, index) => ({
			message: one.message,
			reports: one.reports,
			text: one.message === value ? text : () => elementText(one.alone(), textOf(text), index),
		}));
	}

	return {
		isBinary,
		read(payload, delivery, limits, take) {
			const isText = !isBinary && typeof payload === 'string';
			const roots = isText ? readJsonText(payload) : readGtfsPayload(payload);
			if (interpret === null) readFleet(roots, delivery, limits, take);
			else readMapped(roots, payload, delivery, limits, take);
		},
	};
}

interface ReadMessage {
	readonly message: unknown;
	readonly reports: readonly Report[];
	readonly text: LazyText;
	readonly error?: InvalidFieldError | undefined;
}

const textOf = (text: LazyText): string => (typeof text === 'string' ? text : text());

const nth = ({ transportId, topic }: Delivery, index: number): Delivery => ({
	...(transportId === undefined ? {} : { transportId: `${transportId}#${index}` }),
	...(topic === undefined ? {} : { topic }),
});

/** The messages of a payload in the product's own shape. Never throws. */
export function parseStatusMessages(payload: string, limits: TimeLimits): ParsedMessage[] {
	const messages: ParsedMessage[] = [];
	FLEET_READER.read(payload, {}, limits, (parsed) => messages.push(parsed));
	return messages;
}

const FLEET_READER = messageReader(FLEET_FORMAT);
