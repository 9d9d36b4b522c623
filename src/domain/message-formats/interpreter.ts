import { InvalidFieldError } from '../errors';
import { isAbsent, isJsonObject, kindOf, type JsonObject } from '../parse-status-message-values';
import { alone, compileMapping } from './compile-mapping';
import type { MessageFormat } from './message-format';
import { presetOf } from './presets';
import { pathReader, pathsOf } from './read-path';

/** What one message says about one vehicle at one time, in the product's own shape, unchecked. */
export interface Report {
	readonly value: unknown;
	/** What keeps it from being in the product's shape, in place of `value`. */
	readonly error?: unknown;
	/** Number of the report in its message, from 0, where that holds several. */
	readonly part: number | null;
	/** What the sender calls a field of `value`. */
	pathOf(field: string): string;
}

/** One message of a payload. */
export interface ReportedMessage {
	/** As the sender made it. */
	readonly message: unknown;
	readonly reports: readonly Report[];
	/** A JSON value that reads as this message alone. */
	alone(): unknown;
}

/** Makes messages of any JSON value: a payload of a feed, or an object of a file. Never throws. */
export type Interpreter = (payload: unknown) => readonly ReportedMessage[];

/** Works out once what is needed for each message. */
export function interpreter(format: MessageFormat): Interpreter {
	const { mapping, expand } = presetOf(format);
	const mapper = mapping === undefined ? null : compileMapping(mapping);
	const items = pathsOf(mapping?.items);
	const readItems = pathReader(items);
	const mustHaveItems = format.preset === 'custom' && items.length > 0;

	function messagesOf(payload: unknown): readonly unknown[] {
		const found = items.length === 0 ? undefined : readItems(payload, payload);
		if (Array.isArray(found)) return found;
		if (!isAbsent(found)) return [found];
		const isThere = items.some((path) => pathReader(path)(payload, payload) === null);
		if (isThere) return [];
		if (!mustHaveItems || !isJsonObject(payload)) return [payload];
		const path = items[0] ?? '';
		throw new InvalidFieldError(
			path,
			`${path}: there is no list of messages`,
			'Set where the list of messages lies in the format of the feed, or leave that empty for single messages.',
		);
	}

	function report(message: unknown, payload: unknown, part: number | null): Report {
		if (mapper === null) return { value: message, part, pathOf: (field) => field };
		const pathOf = (field: string) => mapper.pathOf(field, message, payload);
		try {
			return { value: mapper.map(message, payload), part, pathOf };
		} catch (error) {
			return { value: undefined, error, part, pathOf: (field) => field };
		}
	}

	function reportsOf(message: unknown, payload: unknown): readonly Report[] {
		if (!isJsonObject(message)) {
			const hint = 'Send each message as an object.';
			const error = new InvalidFieldError('', `the message is ${kindOf(message)}, not an object`, hint);
			return [failed(error)];
		}
		if (expand === undefined) return [report(message, payload, null)];
		try {
			const parts: readonly JsonObject[] = expand(message);
			return parts.map((one, index) => report(one, payload, parts.length === 1 ? null : index));
		} catch (error) {
			return [failed(error)];
		}
	}

	return (payload) => {
		try {
			return messagesOf(payload).map((message) => ({
				message,
				reports: reportsOf(message, payload),
				alone: () => (mapping === undefined ? message : alone(mapping, message, payload)),
			}));
		} catch (error) {
			return [{ message: payload, reports: [failed(error)], alone: () => payload }];
		}
	};
}

const failed = (error: unknown): Report => ({
	value: undefined,
	error,
	part: null,
	pathOf: (field) => field,
});
