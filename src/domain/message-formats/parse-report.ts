import {
	parseStatusMessage,
	rejectedMessage,
	type LazyText,
	type Origin,
	type ParsedMessage,
} from '../parse-status-message';
import { isJsonObject } from '../parse-status-message-values';
import type { TimeLimits } from '../parse-status-message-time';
import type { Report } from './interpreter';
import type { MessageFormat } from './message-format';
import { pathReader } from './read-path';
import { vehicleFromTopic } from './vehicle-from-topic';

/** How a message came. */
export interface Delivery {
	/** What the transport calls it. */
	readonly transportId?: string;
	readonly topic?: string;
}

export interface ReportParser {
	/** Checks a report of `message`, whose text is `text`. Never throws. */
	parse(
		report: Report,
		message: unknown,
		text: LazyText,
		delivery: Delivery,
		limits: TimeLimits,
	): ParsedMessage;
	/** The same for a message that is in the product's own shape. */
	parseOwn(message: unknown, text: LazyText, delivery: Delivery, limits: TimeLimits): ParsedMessage;
}

/** Gives each message the id and the vehicle that the format says. */
export function reportParser({ messageId, vehicleTopicLevel }: MessageFormat): ReportParser {
	const field = typeof messageId === 'object' ? messageId.field : null;
	const readField = pathReader(field ?? undefined);

	/** Undefined: the id that the message carries. Null: its content. */
	function idOf(message: unknown, { transportId }: Delivery): unknown {
		if (field !== null) return readField(message, message) ?? null;
		if (messageId === 'message') return undefined;
		return messageId === 'transport' ? (transportId ?? null) : null;
	}

	function withVehicle(value: unknown, { topic }: Delivery): unknown {
		if (vehicleTopicLevel === undefined || topic === undefined || !isJsonObject(value)) return value;
		return { ...value, vehicle: vehicleFromTopic(topic, vehicleTopicLevel) };
	}

	function originOf({ origin }: Report): Origin | undefined {
		if (field === null || origin === undefined) return origin;
		return { pathOf: (name) => (name === 'messageId' ? field : origin.pathOf(name)) };
	}

	function parse(report: Report, message: unknown, text: LazyText, delivery: Delivery, limits: TimeLimits) {
		const { value, part, error } = report;
		const given = idOf(message, delivery);
		const options = {
			messageId: part === null ? given : idOfPart(given, value, part),
			origin: originOf(report),
		};
		if (error !== undefined) return rejectedMessage(error, text, options);
		try {
			return parseStatusMessage(withVehicle(value, delivery), limits, text, options);
		} catch (failure) {
			return rejectedMessage(failure, text, options);
		}
	}

	const isAsItIs = messageId === 'message' && vehicleTopicLevel === undefined;
	return {
		parse,
		parseOwn: (message, text, delivery, limits) =>
			isAsItIs
				? parseStatusMessage(message, limits, text)
				: parse({ value: message, part: null }, message, text, delivery, limits),
	};
}

/** Reports of one message must not pass for repetitions of each other. */
function idOfPart(id: unknown, value: unknown, part: number): unknown {
	const own = id === undefined && isJsonObject(value) ? value.messageId : id;
	return typeof own === 'string' || typeof own === 'number' ? `${own}.${part}` : id;
}
