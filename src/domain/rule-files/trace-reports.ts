import { InvalidFieldError } from '../errors';
import { parseStatusMessage } from '../parse-status-message';
import { TIME_KEYS } from '../parse-status-message-fields';
import { parseObject, shown } from '../rules/parse-object';
import type { JsonObject } from '../rules/parse-object';
import type { StatusMessage } from '../status';

/** A trace may be of any time: nothing in it is ahead of this clock. */
const LIMITS = { now: 8.64e15, maxFutureMs: 0 };
const MAX_TIMES = 10_000;
const UNIT_MS: Readonly<Record<string, number>> = {
	s: 1000,
	m: 60_000,
	min: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};
const REPEATING = ['after', 'every', 'times'];

/**
 * The reports of one entry: a status message as a feed takes it; or, with `after: 10s` in place of its time, one so
 * long after the report before; or, with `every: 10s` and `times: 30`, so many, each so long after the one before, in
 * which `{ from: 60, to: 40 }` in place of a number goes evenly from the first report to the last.
 * @param before the report that comes before in the file, if any
 * @throws InvalidFieldError
 */
export function parseTraceReports(
	value: unknown,
	before: StatusMessage | null,
	defaultVehicle: string | null,
	count: number,
): StatusMessage[] {
	const entry = parseObject(value, '', '{ reportedAt: 2026-03-02T08:00:00Z, speed: 50 }', 'the report');
	const payload = Object.fromEntries(Object.entries(entry).filter(([name]) => !REPEATING.includes(name)));
	if (defaultVehicle !== null) payload.vehicle ??= defaultVehicle;
	const step = stepOf(entry);
	if (step === null) return [parseReport(payload, count)];
	if (before === null || TIME_KEYS.some((key) => entry[key] !== undefined)) {
		const field = entry.every === undefined ? 'after' : 'every';
		throw new InvalidFieldError(
			field,
			`${field} counts from the report before${before === null ? ', but this is the first one' : ', so the report has no time of its own'}`,
			'Give reportedAt to the first report, and to each either a time or "after".',
		);
	}
	const times = timesOf(entry);
	return Array.from({ length: times }, (_, index) => {
		const at = before.reportedAt + (index + 1) * step;
		const share = times === 1 ? 1 : index / (times - 1);
		const moved = between(payload, share) as JsonObject;
		return parseReport({ ...moved, reportedAt: new Date(at).toISOString() }, count + index);
	});
}

function parseReport(payload: JsonObject, count: number): StatusMessage {
	const parsed = parseStatusMessage({ messageId: `report ${count + 1}`, ...payload }, LIMITS, '');
	if (parsed.ok) return parsed.message;
	throw new InvalidFieldError(parsed.field ?? '', parsed.reason, parsed.hint);
}

/** Null when the report has a time of its own. */
function stepOf(entry: JsonObject): number | null {
	const field = entry.every === undefined ? 'after' : 'every';
	if (entry[field] === undefined) {
		if (entry.times === undefined) return null;
		throw new InvalidFieldError(
			'times',
			'times is given without every',
			'Say how far apart they are: every: 10s.',
		);
	}
	return parseSpan(entry[field], field);
}

function timesOf({ every, times }: JsonObject): number {
	if (times === undefined && every === undefined) return 1;
	if (typeof times === 'number' && Number.isInteger(times) && times >= 1 && times <= MAX_TIMES) return times;
	throw new InvalidFieldError(
		'times',
		`${shown(times)} in times is no whole number from 1 to ${MAX_TIMES}`,
		'Say how many reports there are: { every: 10s, times: 30, speed: 130 }.',
	);
}

/**
 * A stretch of time in milliseconds: `90s`, `15m`, `6h`, `2d`, or a number of seconds.
 * @throws InvalidFieldError
 */
export function parseSpan(value: unknown, field: string): number {
	const parts = /^(\d+(?:\.\d+)?)\s*(s|m|min|h|d)$/.exec(
		typeof value === 'number' ? `${value}s` : String(value),
	);
	const ms = parts === null ? 0 : Math.round(Number(parts[1]) * (UNIT_MS[parts[2] ?? ''] ?? 0));
	if (ms > 0) return ms;
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is no stretch of time`,
		'Give e.g. 10s, 15m, 6h or 2d.',
	);
}

function between(value: unknown, share: number): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const { from, to, ...others } = value as JsonObject;
	if (typeof from === 'number' && typeof to === 'number' && Object.keys(others).length === 0) {
		// Without the noise of binary fractions, which would move a value across a round threshold.
		return Number((from + (to - from) * share).toPrecision(12));
	}
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, between(one, share)]));
}
