import { Info } from 'luxon';
import { zoneOffsetMs } from '../rules/zone-offset';
import type { DateOrder } from './import-mapping';
import { normaliseName } from './normalise-name';

/** A day, or a day and a time of it, that there is. */
export interface DateParts {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	/** Milliseconds since midnight; null for a day alone. */
	readonly timeMs: number | null;
	/** Of the time, ahead of UTC; null where it says none. */
	readonly offsetMs: number | null;
}

export type ReadDate =
	{ readonly ok: true; readonly date: DateParts } | { readonly ok: false; readonly reason: string };

const HOW = 'write it as yyyy-mm-dd, e.g. 2021-03-31';
const TIME =
	'(\\d{1,2})[:.h](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)?(?:\\s?([ap])\\.?m\\.?)?(?:\\s?(z|utc|gmt|[+-]\\d{2}(?::?\\d{2})?))?(?:\\s?(?:Uhr|h))?';
const AFTER = `(?:(?:,?\\s+|t)${TIME})?$`;
const NUMERIC = new RegExp(`^(\\d{1,4})([./-])\\s?(\\d{1,2})\\2\\s?(\\d{4}|\\d{1,2})${AFTER}`, 'i');
const DAY_MONTH = new RegExp(
	`^(\\d{1,2})(?:st|nd|rd|th|er|º)?\\.?[\\s-]?(?:de\\s)?(\\p{L}{3,})\\.?,?[\\s-](?:de\\s|del\\s)?(\\d{4})${AFTER}`,
	'iu',
);
const MONTH_DAY = new RegExp(`^(\\p{L}{3,})\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?,?\\s(\\d{4})${AFTER}`, 'iu');

const ORDER_NAMES: Record<DateOrder, string> = {
	dayFirst: 'the day first (dd/mm/yyyy)',
	monthFirst: 'the month first (mm/dd/yyyy)',
	yearFirst: 'the year first (yyyy-mm-dd)',
};

const no = (reason: string): ReadDate => ({ ok: false, reason });
const quote = (text: string) => `'${text.slice(0, 50)}'`;

interface Written {
	readonly first: number;
	readonly mark: string;
	readonly second: number;
	readonly third: number;
	readonly isYearFirst: boolean;
	readonly hasShortYear: boolean;
	/** The time's parts as they matched. */
	readonly time: readonly (string | undefined)[];
}

function numeric(text: string): Written | null {
	const match = NUMERIC.exec(text);
	if (!match) return null;
	const [, first = '', mark = '', second, third = ''] = match;
	const isYearFirst = first.length === 4;
	if (first.length === 3 || (isYearFirst && third.length === 4)) return null;
	return {
		...{ first: Number(first), mark, second: Number(second), third: Number(third), isYearFirst },
		hasShortYear: !isYearFirst && third.length < 4,
		time: match.slice(5),
	};
}

/** Whether a text is meant to be a date, be there such a day or not. */
export function looksLikeDate(text: string): boolean {
	const trimmed = text.trim();
	return numeric(trimmed) !== null || wordy(trimmed) !== null;
}

/** The only order in which a text's numbers can be a day; `both` for either; null for no date written in numbers. */
export function dateEvidence(text: string): DateOrder | 'both' | 'same' | 'words' | 'shortYear' | null {
	const trimmed = text.trim();
	const written = numeric(trimmed);
	if (!written) return wordy(trimmed) ? 'words' : null;
	const { first, second, mark, isYearFirst, hasShortYear } = written;
	if (hasShortYear) return 'shortYear';
	if (!readDate(trimmed, 'dayFirst').ok && !readDate(trimmed, 'monthFirst').ok) return null;
	if (isYearFirst) return 'yearFirst';
	if (mark === '.' || first > 12) return 'dayFirst';
	if (second > 12) return 'monthFirst';
	return first === second ? 'same' : 'both';
}

/**
 * Reads a day, or a day and a time, as people and programs write them: ISO 8601 in any column; numbers in `order`,
 * else where they can be read in one way only; the month's name in several languages. Two-digit years are refused.
 */
export function readDate(text: string, order?: DateOrder): ReadDate {
	const trimmed = text.trim();
	const written = numeric(trimmed);
	if (!written) return wordy(trimmed) ?? no(`${quote(trimmed)} is no date: ${HOW}`);
	const { first, mark, second, third, isYearFirst, hasShortYear, time } = written;
	if (isYearFirst) return ofParts(first, second, third, time, trimmed);
	if (hasShortYear) return no(`${quote(trimmed)} has a year of two digits: ${HOW}`);
	if (order === 'yearFirst') return against(order, trimmed);
	const natural = order ?? (mark === '.' || first > 12 ? 'dayFirst' : 'monthFirst');
	if (order === undefined && mark !== '.' && first <= 12 && second <= 12 && first !== second) {
		return no(`${quote(trimmed)} could be day/month or month/day: ${HOW}`);
	}
	const [day, month] = natural === 'dayFirst' ? [first, second] : [second, first];
	if (order !== undefined && month > 12 && day <= 12) return against(order, trimmed);
	return ofParts(third, month, day, time, trimmed);
}

const against = (order: DateOrder, text: string): ReadDate =>
	no(`${quote(text)} is no date with ${ORDER_NAMES[order]}, as this column's dates are read: ${HOW}`);

function wordy(text: string): ReadDate | null {
	const dayMonth = DAY_MONTH.exec(text);
	const match = dayMonth ?? MONTH_DAY.exec(text);
	if (!match) return null;
	const [, one = '', two = '', year] = match;
	const month = monthNames().get(normaliseName(dayMonth ? two : one));
	if (month === undefined) return null;
	return ofParts(Number(year), month, Number(dayMonth ? one : two), match.slice(4), text);
}

function isDay(year: number, month: number, day: number): boolean {
	if (year < 1000 || month < 1 || month > 12 || day < 1) return false;
	// Day 0 of the month after it is its last.
	return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const PLAIN_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `2021-03-31`, as nearly all programs write it: there is such a day, and it needs no other form. */
export const isPlainDay = (text: string): boolean =>
	text.length === 10 &&
	PLAIN_DAY.test(text) &&
	isDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)));

function ofParts(
	year: number,
	month: number,
	day: number,
	time: readonly (string | undefined)[],
	text: string,
): ReadDate {
	if (!isDay(year, month, day)) return no(`${quote(text)} is no day: ${HOW}`);
	if (time[0] === undefined) return { ok: true, date: { year, month, day, timeMs: null, offsetMs: null } };
	const timeMs = millisecondsOf(time);
	const offsetMs = offsetOf(time[5]);
	return timeMs === null || Number.isNaN(offsetMs)
		? no(`${quote(text)} is no date and time: write it as yyyy-mm-dd hh:mm, e.g. 2021-03-31 14:05`)
		: { ok: true, date: { year, month, day, timeMs, offsetMs } };
}

function millisecondsOf([hours, minutes, seconds = '0', fraction = '0', half]: readonly (
	string | undefined
)[]): number | null {
	let hour = Number(hours);
	if (half !== undefined) {
		if (hour < 1 || hour > 12) return null;
		hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
	const ms = Math.floor(Number(`0.${fraction}`) * 1000);
	return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + ms;
}

function offsetOf(offset: string | undefined): number | null {
	if (offset === undefined) return null;
	const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset);
	if (!match) return 0;
	const [, sign, hours, minutes = '0'] = match;
	if (Number(hours) > 18 || Number(minutes) > 59) return NaN;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Milliseconds since the Unix epoch; `zone` is that of dates that say none. */
export function instantOf({ year, month, day, timeMs, offsetMs }: DateParts, zone = 'UTC'): number {
	const wall = Date.UTC(year, month - 1, day) + (timeMs ?? 0);
	if (offsetMs !== null) return wall - offsetMs;
	if (zone === 'UTC') return wall;
	// The offset of the moment itself, which is not known before its offset is.
	return wall - zoneOffsetMs(zone, wall - zoneOffsetMs(zone, wall));
}

const two = (part: number) => (part < 10 ? `0${part}` : String(part));

/** ISO 8601: a day alone, a time in UTC, or, with neither an offset nor a zone, one that says no zone either. */
export function isoOf(date: DateParts, zone?: string): string {
	if (date.timeMs === null) return `${date.year}-${two(date.month)}-${two(date.day)}`;
	const iso = new Date(instantOf(date, zone)).toISOString().replace('.000Z', 'Z');
	return date.offsetMs === null && zone === undefined ? iso.slice(0, -1) : iso;
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl'];
let names: ReadonlyMap<string, number> | null = null;

/** Only made when a file has months in words. */
function monthNames(): ReadonlyMap<string, number> {
	names ??= new Map([
		...LANGUAGES.flatMap((locale) =>
			(['long', 'short'] as const).flatMap((length) =>
				[Info.months(length, { locale }), Info.monthsFormat(length, { locale })].flatMap((months) =>
					months.map((name, index) => [normaliseName(name), index + 1] as const),
				),
			),
		),
		...([
			['mrz', 3],
			['sept', 9],
		] as const),
	]);
	return names;
}
