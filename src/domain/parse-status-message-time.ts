import { InvalidFieldError } from './errors';

const HINT =
	'Give the time of the report as ISO 8601 ("2026-03-01T08:30:00Z") or as seconds or milliseconds since 1970.';

/** Numbers below this are seconds: as milliseconds they would lie in 1970-1973, as seconds they reach the year 5138. */
const FIRST_MILLISECONDS = 100_000_000_000;

/** Nothing reports from before; a device that has lost its clock does (1970, or 1980 for GPS). */
const EARLIEST = Date.UTC(2000, 0, 1);

const ISO =
	/^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(?:([Zz])|([+-]\d\d):?(\d\d)?)?)?$/;

export interface TimeLimits {
	/** Milliseconds since the Unix epoch. */
	readonly now: number;
	/** How far ahead of `now` a sender's clock may run. */
	readonly maxFutureMs: number;
}

/**
 * Reads the time of a report, in milliseconds since the Unix epoch. A text without an offset is UTC. Throws
 * `InvalidFieldError` naming `field`, also for a time further ahead of `now` than `maxFutureMs`.
 */
export function parseReportedAt(field: string, value: unknown, limits: TimeLimits): number {
	if (value === undefined || value === null || value === '') {
		throw new InvalidFieldError(field, `${field}: the message does not say when it was reported`, HINT);
	}
	const time =
		typeof value === 'number' ? fromEpoch(value) : typeof value === 'string' ? fromText(value) : null;
	if (time === null) throw new InvalidFieldError(field, `${field}: ${quote(value)} is not a time`, HINT);
	if (time > limits.now + limits.maxFutureMs) {
		throw new InvalidFieldError(
			field,
			`${field}: ${describe(time)} lies in the future (received ${describe(limits.now)})`,
			'Set the clock of the sender, and its time zone.',
		);
	}
	if (time < EARLIEST) {
		throw new InvalidFieldError(
			field,
			`${field}: ${describe(time)} is before the year 2000`,
			'Set the clock of the sender, which seems to have lost the time.',
		);
	}
	return time;
}

function fromText(text: string): number | null {
	return fromPlainUtc(text) ?? fromAnyText(text.trim());
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const UTC = new Set(['Z', '+0000', '+00:00']);

/**
 * `2026-03-01T08:30:00Z`, with milliseconds or without, as nearly all senders write it: the same answer as the general
 * form at a fraction of its cost. Null for every other text.
 */
function fromPlainUtc(text: string): number | null {
	const hasFraction = text[19] === '.';
	if (text.length > 29 || !UTC.has(text.slice(hasFraction ? 23 : 19))) return null;
	if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':')
		return null;
	const year = digits(text, 0, 4);
	const month = digits(text, 5, 7);
	const day = digits(text, 8, 10);
	const hour = digits(text, 11, 13);
	const minute = digits(text, 14, 16);
	const second = digits(text, 17, 19);
	const millisecond = hasFraction ? digits(text, 20, 23) : 0;
	const isTime = hour <= 23 && minute <= 59 && second <= 59 && millisecond >= 0;
	// The 29th of February, and years that JavaScript takes for 1900 and later ones, are left to the general form.
	if (!isTime || !(year >= 100) || !(day >= 1 && day <= (DAYS[month - 1] ?? 0))) return null;
	return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

/** The number that the digits from `start` to before `end` make; NaN where one is none. */
function digits(text: string, start: number, end: number): number {
	let value = 0;
	for (let at = start; at < end; at++) {
		const digit = text.charCodeAt(at) - 48;
		value = digit >= 0 && digit <= 9 ? value * 10 + digit : NaN;
	}
	return value;
}

function fromAnyText(trimmed: string): number | null {
	if (/^\d{9,13}(?:\.\d+)?$/.test(trimmed)) return fromEpoch(Number(trimmed));
	const parts = ISO.exec(trimmed);
	if (parts === null) return null;
	const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
	if (year === undefined || month === undefined || day === undefined) return null;
	const wall = Date.UTC(year, month - 1, day, hour, minute, second);
	const check = new Date(wall);
	// Date.UTC rolls the 30th of February over into March, and 25:00 into the next day.
	if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day) return null;
	if ((minute ?? 0) > 59 || (second ?? 0) > 59) return null;
	const fraction = parts[7] === undefined ? 0 : Math.floor(Number(`0.${parts[7]}`) * 1000);
	return wall + fraction - offsetMs(parts[9], parts[10]);
}

function offsetMs(hours: string | undefined, minutes: string | undefined): number {
	if (hours === undefined) return 0;
	const sign = hours.startsWith('-') ? -1 : 1;
	return sign * (Math.abs(Number(hours)) * 60 + Number(minutes ?? 0)) * 60_000;
}

function fromEpoch(value: number): number | null {
	if (!Number.isFinite(value)) return null;
	const time = Math.floor(Math.abs(value) < FIRST_MILLISECONDS ? value * 1000 : value);
	return Math.abs(time) <= 8.64e15 ? time : null;
}

const describe = (time: number): string => new Date(time).toISOString();

const quote = (value: unknown): string =>
	typeof value === 'string' ? `'${value.slice(0, 60)}'` : typeof value;
