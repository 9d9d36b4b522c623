import { InvalidFieldError } from '../errors';
import type { Origin } from '../parse-status-message';
import { isAbsent, isJsonObject, kindOf, type JsonObject } from '../parse-status-message-values';
import { compileMapping, type Mapper } from './compile-mapping';
import { messageAlone } from './message-alone';
import type { FieldMapping, MessageFormat } from './message-format';
import { isTooMany, tooManyMessages } from './message-limit';
import { presetOf } from './presets';
import { pathReader, pathsOf } from './read-path';

/** What one message says about one vehicle at one time, in the product's own shape, unchecked. */
export interface Report {
	readonly value: unknown;
	/** What keeps it from being in the product's shape, in place of `value`. */
	readonly error?: unknown;
	/** Number of the report in its message, from 0, where that holds several. */
	readonly part: number | null;
	/** What it was made of, unless the sender knows the product's shape. */
	readonly origin?: Origin | undefined;
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
	const itemsOf = itemsReader(mapping, format.preset === 'custom');

	function report(message: unknown, payload: unknown, part: number | null): Report {
		if (mapper === null) return { value: message, part };
		try {
			return new MappedReport(mapper.map(message, payload), part, mapper, message, payload);
		} catch (error) {
			return failed(error, part);
		}
	}

	function reportsOf(message: unknown, payload: unknown): readonly Report[] {
		if (!isJsonObject(message)) {
			const hint = 'Send each message as an object.';
			const error = new InvalidFieldError('', `the message is ${kindOf(message)}, not an object`, hint);
			return [failed(error, null)];
		}
		if (expand === undefined) return [report(message, payload, null)];
		try {
			const parts: readonly JsonObject[] = expand(message);
			if (isTooMany(parts.length)) throw tooManyMessages();
			return parts.map((one, index) => report(one, payload, parts.length === 1 ? null : index));
		} catch (error) {
			return [failed(error, null)];
		}
	}

	return (payload) => {
		try {
			const items = itemsOf(payload);
			if (isTooMany(items.length)) throw tooManyMessages();
			let count = 0;
			return items.map((message) => {
				const reports = reportsOf(message, payload);
				if (isTooMany((count += reports.length))) throw tooManyMessages();
				return new MappedMessage(message, reports, mapping, payload);
			});
		} catch (error) {
			return [new MappedMessage(payload, [failed(error, null)], undefined, payload)];
		}
	};
}

/**
 * The messages of a payload: what lies at `items`, else the payload itself. Whoever says where the list lies means it;
 * the messages of a known format are known by themselves.
 */
function itemsReader(mapping: FieldMapping | undefined, isStrict: boolean) {
	const paths = pathsOf(mapping?.items);
	const readers = paths.map(pathReader);
	return (payload: unknown): readonly unknown[] => {
		let isEmpty = false;
		for (const read of readers) {
			const found = read(payload, payload);
			if (Array.isArray(found)) return found;
			if (!isAbsent(found)) return [found];
			isEmpty ||= found === null;
		}
		if (isEmpty) return [];
		if (!isStrict || paths.length === 0 || !isJsonObject(payload)) return [payload];
		const path = paths[0] ?? '';
		throw new InvalidFieldError(
			path,
			`${path}: there is no list of messages`,
			'Set where the list of messages lies in the format of the feed, or leave that empty for single messages.',
		);
	};
}

class MappedMessage implements ReportedMessage {
	constructor(
		readonly message: unknown,
		readonly reports: readonly Report[],
		private readonly mapping: FieldMapping | undefined,
		private readonly payload: unknown,
	) {}

	alone(): unknown {
		return this.mapping === undefined ? this.message : messageAlone(this.mapping, this.message, this.payload);
	}
}

const failed = (error: unknown, part: number | null): Report => ({ value: undefined, error, part });

class MappedReport implements Report, Origin {
	readonly error = undefined;
	readonly origin = this;

	constructor(
		readonly value: unknown,
		readonly part: number | null,
		private readonly mapper: Mapper,
		private readonly message: unknown,
		private readonly payload: unknown,
	) {}

	pathOf(field: string): string {
		return this.mapper.pathOf(field, this.message, this.payload);
	}
}
