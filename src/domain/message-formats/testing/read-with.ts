import type { ParsedMessage } from '../../parse-status-message';
import type { StatusMessage } from '../../status';
import type { MessageFormat } from '../message-format';
import { messageReader } from '../message-reader';
import { parseMessageFormat } from '../parse-message-format';
import type { Delivery } from '../parse-report';

export const NOW = Date.parse('2026-03-01T12:00:00Z');
const LIMITS = { now: NOW, maxFutureMs: 300_000 };

/** Reads a payload, given as text, bytes or a JSON value, in a format as people write it. */
export function readWith(format: unknown, payload: unknown, delivery: Delivery = {}): ParsedMessage[] {
	return deliver(parseMessageFormat(format), payload, delivery).map(({ parsed }) => parsed);
}

/** The same with how each message would have come alone. */
export function deliver(format: MessageFormat, payload: unknown, delivery: Delivery = {}) {
	const content =
		typeof payload === 'string' || payload instanceof Uint8Array ? payload : JSON.stringify(payload);
	const read: { parsed: ParsedMessage; delivery: Delivery }[] = [];
	messageReader(format).read(content, delivery, LIMITS, (parsed, own) =>
		read.push({ parsed, delivery: own }),
	);
	return read;
}

/** The messages that were taken; the test fails when one was rejected. */
export function taken(format: unknown, payload: unknown, delivery?: Delivery): StatusMessage[] {
	return readWith(format, payload, delivery).map((parsed) => {
		if (parsed.ok) return parsed.message;
		throw new Error(`Rejected: ${parsed.reason}`);
	});
}

/** What a rejection says, or null for what was taken. */
export const refusals = (format: unknown, payload: unknown, delivery?: Delivery) =>
	readWith(format, payload, delivery).map((parsed) =>
		parsed.ok ? null : { field: parsed.field, reason: parsed.reason },
	);
