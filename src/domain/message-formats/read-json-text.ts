import { InvalidFieldError } from '../errors';
import type { LazyText } from '../parse-status-message';
import { isTooMany, tooManyMessages } from './message-limit';

/** One message of a payload, or what keeps it from being one. */
export interface JsonMessage {
	readonly value?: unknown;
	readonly error?: InvalidFieldError;
	/** The text of this message alone. */
	readonly text: LazyText;
}

/** Of a payload that is kept for each of many elements. */
const MAX_KEPT_EACH = 65_536;

const NOT_JSON_HINT =
	'Send each message as JSON: an object, a list of objects, or one object a line. If the sender uses another format, choose it as the format of the feed.';

/**
 * The messages of one payload: JSON, the elements of a list in JSON, or JSON line by line (NDJSON). A line that cannot
 * be read leaves the others alone.
 */
export function readJsonText(text: string): readonly JsonMessage[] {
	const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
	let value: unknown;
	try {
		value = JSON.parse(plain);
	} catch (error) {
		return readLines(plain) ?? [{ error: notJson(error), text }];
	}
	return Array.isArray(value) ? elementsOf(value, plain) : [{ value, text }];
}

/** Null when it is no JSON line by line: more than half of the lines are no objects and no lists. */
function readLines(text: string): readonly JsonMessage[] | null {
	if (!text.includes('\n')) return null;
	const messages: JsonMessage[] = [];
	let lines = 0;
	let good = 0;
	for (const line of text.split('\n')) {
		if (line.trim() === '') continue;
		lines++;
		try {
			const value: unknown = JSON.parse(line);
			if (typeof value === 'object' && value !== null) good++;
			if (Array.isArray(value)) for (const element of elementsOf(value, line)) messages.push(element);
			else messages.push({ value, text: line.trim() });
		} catch (error) {
			messages.push({ error: notJson(error), text: line.trim() });
		}
		if (isTooMany(messages.length)) return good * 2 >= lines ? [{ error: tooManyMessages(), text }] : null;
	}
	return lines > 1 && good * 2 >= lines ? messages : null;
}

function elementsOf(list: readonly unknown[], payload: string): JsonMessage[] {
	if (isTooMany(list.length)) return [{ error: tooManyMessages(), text: payload }];
	return list.map((value, index) => ({ value, text: () => elementText(value, payload, index) }));
}

/** An element may be nested too deeply to be written again: then the payload's beginning is kept, told apart by place. */
export function elementText(element: unknown, payload: string, index: number): string {
	try {
		return JSON.stringify(element);
	} catch {
		return `${payload.slice(0, MAX_KEPT_EACH)}#${index}`;
	}
}

const notJson = (error: unknown): InvalidFieldError =>
	new InvalidFieldError(
		'',
		`the message is not JSON: ${error instanceof Error ? error.message : String(error)}`,
		NOT_JSON_HINT,
	);
