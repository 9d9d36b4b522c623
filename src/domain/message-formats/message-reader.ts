import type { InvalidFieldError } from '../errors';
import {
	parseStatusMessage,
	rejectedMessage,
	type LazyText,
	type ParsedMessage,
} from '../parse-status-message';
import type { TimeLimits } from '../parse-status-message-time';
import { isJsonObject } from '../parse-status-message-values';
import { readGtfsPayload } from './gtfs-realtime-payload';
import { interpreter, type Report } from './interpreter';
import { FLEET_FORMAT, type MessageFormat } from './message-format';
import { pathReader } from './read-path';
import { elementText, readJsonText, type JsonMessage } from './read-json-text';
import { vehicleFromTopic } from './vehicle-from-topic';

/** How a message came. */
export interface Delivery {
	/** What the transport calls it. */
	readonly transportId?: string;
	readonly topic?: string;
}

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
	const readers = {
		parse: reportParser(format),
		interpret: format.preset === 'fleet' ? null : interpreter(format),
	};
	return {
		isBinary,
		read(payload, delivery, limits, take) {
			const roots =
				isBinary || typeof payload !== 'string' ? readGtfsPayload(payload) : readJsonText(payload);
			if (readers.interpret === null) readFleet(roots, delivery, limits, take);
			else readOthers(roots, delivery, limits, take);
		},
	};

	/** The product's own shape is the hot path: nothing is made that is not needed. */
	function readFleet(
		roots: readonly JsonMessage[],
		delivery: Delivery,
		limits: TimeLimits,
		take: TakeMessage,
	): void {
		for (const [index, { value, error, text }] of roots.entries()) {
			const one = roots.length === 1 ? delivery : nth(delivery, index);
			take(error ? rejectedMessage(error, text) : readers.parse.value(value, text, one, limits), one);
		}
	}

	function readOthers(
		roots: readonly JsonMessage[],
		delivery: Delivery,
		limits: TimeLimits,
		take: TakeMessage,
	): void {
		const messages = roots.flatMap((root) => messagesOf(root));
		for (const [index, { message, reports, text, error }] of messages.entries()) {
			const one = messages.length === 1 ? delivery : nth(delivery, index);
			if (error !== undefined) take(rejectedMessage(error, text), one);
			for (const report of reports) take(readers.parse.report(report, { message, text }, one, limits), one);
		}
	}

	function messagesOf({ value, error, text }: JsonMessage): readonly ReadMessage[] {
		if (error !== undefined || readers.interpret === null)
			return [{ message: value, reports: [], text, error }];
		return readers.interpret(value).map(({ message, reports, alone }, index) => ({
			message,
			reports,
			text: message === value ? text : () => elementText(alone(), textOf(text), index),
		}));
	}
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

/** Checks reports, each with the id and the vehicle that the format says. */
function reportParser({ messageId, vehicleTopicLevel }: MessageFormat) {
	const field = typeof messageId === 'object' ? messageId.field : null;
	const readField = pathReader(field ?? undefined);

	/** Undefined: the id that the message carries. */
	function idOf(message: unknown, { transportId }: Delivery): unknown {
		if (field !== null) return readField(message, message) ?? null;
		if (messageId === 'message') return undefined;
		return messageId === 'transport' ? (transportId ?? null) : null;
	}

	function withVehicle(value: unknown, { topic }: Delivery): unknown {
		if (vehicleTopicLevel === undefined || topic === undefined || !isJsonObject(value)) return value;
		return { ...value, vehicle: vehicleFromTopic(topic, vehicleTopicLevel) };
	}

	function parse(
		report: Report,
		{ message, text }: { readonly message: unknown; readonly text: LazyText },
		delivery: Delivery,
		limits: TimeLimits,
	): ParsedMessage {
		const { value, part } = report;
		const given = idOf(message, delivery);
		const id = part === null ? given : idOfPart(given, value, part);
		const options = {
			messageId: id,
			pathOf: (name: string) => (name === 'messageId' && field !== null ? field : report.pathOf(name)),
		};
		if (report.error !== undefined) return rejectedMessage(report.error, text, options);
		try {
			return parseStatusMessage(withVehicle(value, delivery), limits, text, options);
		} catch (error) {
			return rejectedMessage(error, text, options);
		}
	}

	return {
		report: parse,
		value(value: unknown, text: LazyText, delivery: Delivery, limits: TimeLimits): ParsedMessage {
			if (messageId === 'message' && vehicleTopicLevel === undefined) {
				return parseStatusMessage(value, limits, text);
			}
			return parse({ value, part: null, pathOf: (name) => name }, { message: value, text }, delivery, limits);
		},
	};
}

/** Reports of one message must not pass for repetitions of each other. */
function idOfPart(id: unknown, value: unknown, part: number): unknown {
	const own = id === undefined && isJsonObject(value) ? value.messageId : id;
	return typeof own === 'string' || typeof own === 'number' ? `${own}.${part}` : id;
}

/** The messages of a payload in the product's own shape. Never throws. */
export function parseStatusMessages(payload: string, limits: TimeLimits): ParsedMessage[] {
	const messages: ParsedMessage[] = [];
	FLEET_READER.read(payload, {}, limits, (parsed) => messages.push(parsed));
	return messages;
}

const FLEET_READER = messageReader(FLEET_FORMAT);
