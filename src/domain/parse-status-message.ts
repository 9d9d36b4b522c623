import { hash } from 'node:crypto';
import { InvalidFieldError } from './errors';
import { parseAttributes } from './parse-status-message-attributes';
import {
	firstGiven,
	parseKey,
	parsePosition,
	parseSequence,
	parseVehicleKey,
	TIME_KEYS,
} from './parse-status-message-fields';
import { isJsonObject, kindOf } from './parse-status-message-values';
import { parseReportedAt, type TimeLimits } from './parse-status-message-time';
import type { StatusMessage } from './status';

export interface RejectedMessage {
	readonly ok: false;
	readonly messageId: string;
	/** Dotted path of what is wrong, null for the message as a whole. */
	readonly field: string | null;
	readonly reason: string;
	readonly hint: string;
	/** This message's text: of a list, the one element. */
	readonly payload: string;
}

export type ParsedMessage =
	{ readonly ok: true; readonly message: StatusMessage; readonly payload: string } | RejectedMessage;

const SHAPE_HINT =
	'Send {"vehicle": "<VIN, plate or external id>", "reportedAt": "<time>", "attributes": {...}}, or a list of such.';

/**
 * Reads one payload of a feed: a status message as JSON, or a list of them. Never throws: what cannot be read is
 * answered as a rejection that names field and reason, and a bad element of a list leaves the others alone.
 */
export function parseStatusMessages(payload: string, limits: TimeLimits): ParsedMessage[] {
	let value: unknown;
	try {
		value = JSON.parse(payload);
	} catch (error) {
		const reason = `the message is not JSON: ${error instanceof Error ? error.message : String(error)}`;
		return [reject(sha256(payload), null, reason, SHAPE_HINT, payload)];
	}
	if (!Array.isArray(value)) return [parseStatusMessage(value, limits, payload)];
	return value.map((element, index) =>
		parseStatusMessage(element, limits, elementText(element, payload, index)),
	);
}

/**
 * Reads one status message that is no text any more, from a row of a file for example. `payload` is the text to
 * keep of it when it is rejected. Never throws.
 */
export function parseStatusMessage(value: unknown, limits: TimeLimits, payload: string): ParsedMessage {
	let messageId: string | null = null;
	try {
		if (!isJsonObject(value)) {
			throw new InvalidFieldError('', `the message is ${kindOf(value)}, not an object`, SHAPE_HINT);
		}
		messageId = parseKey('messageId', value.messageId);
		const timeKey = firstGiven(value, TIME_KEYS) ?? 'reportedAt';
		const message: StatusMessage = {
			messageId: messageId ?? '',
			vehicleKey: parseVehicleKey(value),
			reportedAt: parseReportedAt(timeKey, value[timeKey], limits),
			sequence: parseSequence(value.sequence),
			position: parsePosition(value),
			attributes: parseAttributes(value),
		};
		return {
			ok: true,
			message: messageId === null ? { ...message, messageId: sha256(canonicalText(value)) } : message,
			payload,
		};
	} catch (error) {
		const id = messageId ?? sha256(payload);
		if (error instanceof InvalidFieldError) {
			return reject(id, error.field === '' ? null : error.field, error.message, error.hint, payload);
		}
		return reject(id, null, `the message cannot be read: ${String(error)}`, SHAPE_HINT, payload);
	}
}

const reject = (
	messageId: string,
	field: string | null,
	reason: string,
	hint: string,
	payload: string,
): RejectedMessage => ({ ok: false, messageId, field, reason, hint, payload });

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The same for every order in which a sender writes the fields, so that a message sent anew is known again. */
function canonicalText(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
	if (!isJsonObject(value)) return JSON.stringify(value);
	const fields = Object.keys(value).sort();
	return `{${fields.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join(',')}}`;
}

/** An element may be nested too deeply to be written again: then the whole payload is kept, told apart by place. */
function elementText(element: unknown, payload: string, index: number): string {
	try {
		return JSON.stringify(element);
	} catch {
		return `${payload}#${index}`;
	}
}
