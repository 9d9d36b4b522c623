import { hash } from 'node:crypto';
import { canonicalText } from './canonical-text';
import { InvalidFieldError } from './errors';
import { parseAttributes } from './parse-status-message-attributes';
import {
	parseKey,
	parsePosition,
	parseSequence,
	parseVehicleKey,
	timeKeyOf,
} from './parse-status-message-fields';
import {
	isJsonObject,
	kindOf,
	MAX_KEY_LENGTH,
	UNSTORABLE,
	type JsonObject,
} from './parse-status-message-values';
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

export interface TakenMessage {
	readonly ok: true;
	readonly message: StatusMessage;
	readonly payload: string;
}

export type ParsedMessage = TakenMessage | RejectedMessage;

/** The text of a message, or what makes it: for most elements of a list nobody ever asks. */
export type LazyText = string | (() => string);

export interface ParseOptions {
	/** Takes the place of the id that the message carries; null for an id that is made of its content. */
	readonly messageId?: unknown;
	/** What the message was made of, when it was made of something else. */
	readonly origin?: Origin | undefined;
}

export interface Origin {
	/** What the sender calls a field of the message. */
	pathOf(field: string): string;
}

const SHAPE_HINT =
	'Send {"vehicle": "<VIN, plate or external id>", "reportedAt": "<time>", "attributes": {...}}, or a list of such.';

const AS_IT_IS: ParseOptions = {};

/**
 * Reads one status message in the product's own shape, from JSON or from a row of a file. `payload` is the text to
 * keep of it when it is rejected. Never throws.
 */
export function parseStatusMessage(
	value: unknown,
	limits: TimeLimits,
	payload: LazyText,
	options = AS_IT_IS,
): ParsedMessage {
	let messageId: string | null = null;
	try {
		if (!isJsonObject(value)) {
			throw new InvalidFieldError('', `the message is ${kindOf(value)}, not an object`, SHAPE_HINT);
		}
		messageId = parseKey('messageId', options.messageId === undefined ? value.messageId : options.messageId);
		const timeKey = timeKeyOf(value);
		const vehicleKey = parseVehicleKey(value);
		const reportedAt = parseReportedAt(timeKey, value[timeKey], limits);
		const message: StatusMessage = {
			messageId: messageId ?? risingId(reportedAt, value, options.origin),
			vehicleKey,
			reportedAt,
			sequence: parseSequence(value.sequence),
			position: parsePosition(value),
			attributes: parseAttributes(value),
		};
		return typeof payload === 'string' ? { ok: true, message, payload } : new LazyMessage(message, payload);
	} catch (error) {
		return rejectedMessage(error, payload, {
			...options,
			messageId: messageId ?? options.messageId ?? idOfBad(value, options.origin),
		});
	}
}

/** A message that is made of a list: its text is written when somebody asks for it. */
class LazyMessage implements TakenMessage {
	readonly ok = true;

	constructor(
		readonly message: StatusMessage,
		private readonly text: () => string,
	) {}

	get payload(): string {
		return this.text();
	}
}

/** `error` says what is wrong; without an id, the text's hash is one. */
export function rejectedMessage(
	error: unknown,
	payload: LazyText,
	{ messageId, origin }: ParseOptions = {},
): RejectedMessage {
	const text = typeof payload === 'string' ? payload : payload();
	const id = isId(messageId) ? String(messageId) : sha256(text);
	if (!(error instanceof InvalidFieldError)) {
		const reason = `the message cannot be read: ${String(error)}`;
		return { ok: false, messageId: id, field: null, reason, hint: SHAPE_HINT, payload: text };
	}
	const { field, message, hint } = error;
	const path = origin === undefined ? field : origin.pathOf(field);
	// Reasons begin with the field's name.
	const reason = field !== '' && message.startsWith(field) ? path + message.slice(field.length) : message;
	return { ok: false, messageId: id, field: path === '' ? null : path, reason, hint, payload: text };
}

const isId = (id: unknown): id is string | number =>
	typeof id === 'number' ||
	(typeof id === 'string' && id !== '' && id.length <= MAX_KEY_LENGTH && !UNSTORABLE.test(id));

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/**
 * The same for the same content, whatever id it carries. What was made of something else has its fields in the order
 * in which it was made.
 */
function contentText(value: JsonObject, origin: Origin | undefined): string {
	const content = value.messageId === undefined ? value : { ...value, messageId: undefined };
	return origin === undefined ? canonicalText(content) : JSON.stringify(content);
}

/** Bits enough that no two contents of one moment share an id. */
const HASH_CHARACTERS = 22;

/**
 * The message's content as an id that begins with its time. Ids of one batch so lie side by side in the store's index,
 * where ids in no order make it write a page for each: ten times the price.
 */
function risingId(reportedAt: number, value: JsonObject, origin: Origin | undefined): string {
	const digest = hash('sha256', contentText(value, origin), 'base64url');
	return `${reportedAt.toString(36)}-${digest.slice(0, HASH_CHARACTERS)}`;
}

/** Null for what has no content that could be hashed, or is nested too deeply for that. */
function idOfBad(value: unknown, origin: Origin | undefined): string | null {
	try {
		return isJsonObject(value) ? sha256(contentText(value, origin)) : null;
	} catch {
		return null;
	}
}
