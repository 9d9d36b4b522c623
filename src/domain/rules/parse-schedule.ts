import { DateTime } from 'luxon';
import { InvalidFieldError } from '../errors';
import { parseList, parseObject, parseWord, refuseOthers, shown } from './parse-object';
import { parseTimeZone } from './parse-time-zone';
import { WEEKDAYS } from './pattern';
import type { Schedule, Weekday } from './pattern';

const FIELDS = ['days', 'from', 'to', 'onDates', 'notOnDates', 'timeZone'] as const;
const MAX_DATES = 1_000;

/**
 * Days in the week's order, dates in the calendar's, times as HH:mm.
 * @throws InvalidFieldError, also for one that restricts nothing or that no day can meet
 */
export function parseSchedule(value: unknown, field: string): Schedule {
	const object = parseObject(value, field, '{ "days": ["mon", "tue"], "from": "22:00", "to": "06:00" }');
	refuseOthers(object, FIELDS, field);
	const has = (name: (typeof FIELDS)[number]): boolean => object[name] !== undefined && object[name] !== null;
	const from = has('from') ? parseTime(object.from, `${field}.from`) : undefined;
	const to = has('to') ? parseTime(object.to, `${field}.to`) : undefined;
	const schedule: Schedule = {
		...(has('days') ? { days: parseDays(object.days, `${field}.days`) } : {}),
		...fromTo(from, to, field),
		...(has('onDates') ? { onDates: parseDates(object.onDates, `${field}.onDates`) } : {}),
		...(has('notOnDates') ? { notOnDates: parseDates(object.notOnDates, `${field}.notOnDates`) } : {}),
		...(has('timeZone') ? { timeZone: parseTimeZone(object.timeZone, `${field}.timeZone`) } : {}),
	};
	refuseEmpty(schedule, field);
	refuseNoDay(schedule, field);
	return schedule;
}

function refuseEmpty(schedule: Schedule, field: string): void {
	if (Object.keys(schedule).some((name) => name !== 'timeZone')) return;
	throw new InvalidFieldError(
		field,
		`${field} leaves out no day and no time`,
		'Give at least one of: days, from, to, onDates, notOnDates.',
	);
}

/** Midnight as an end may be written 24:00; the one at which a day begins ends none that begins with it. */
function fromTo(
	from: string | undefined,
	to: string | undefined,
	field: string,
): Pick<Schedule, 'from' | 'to'> {
	if (from === '24:00') {
		throw new InvalidFieldError(`${field}.from`, `No time is after 24:00 (${field}.from)`, 'Give 00:00.');
	}
	if (to === '00:00' && from === undefined) {
		throw new InvalidFieldError(
			`${field}.to`,
			`No time of a day is before 00:00 (${field}.to)`,
			'Give 24:00 for the end of the day, or leave it out.',
		);
	}
	return {
		...(from === undefined ? {} : { from }),
		...(to === undefined || to === '24:00' ? {} : { to }),
	};
}

function parseDays(value: unknown, field: string): Weekday[] {
	const named = parseList(value, field, WEEKDAYS.length).map((day, i) =>
		parseWord(day, WEEKDAYS, `${field}[${i}]`, otherWeekday),
	);
	return WEEKDAYS.filter((day) => named.includes(day));
}

function otherWeekday(given: string): Weekday | null {
	const start = given.trim().toLowerCase();
	return WEEKDAYS.find((day) => start.startsWith(day)) ?? null;
}

function parseTime(value: unknown, field: string): string {
	const found = typeof value === 'string' ? /^(\d{1,2}):(\d{2})$/.exec(value.trim()) : null;
	const [hours, minutes] = [Number(found?.[1]), Number(found?.[2])];
	const isTime = (hours < 24 && minutes < 60) || (hours === 24 && minutes === 0);
	if (found !== null && isTime) return `${found[1]}:${found[2]}`.padStart(5, '0');
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is no time of day`,
		'Give hours and minutes from 00:00 to 23:59, in quotes: "06:30".',
	);
}

function parseDates(value: unknown, field: string): string[] {
	const dates = parseList(value, field, MAX_DATES).map((date, i) => parseDate(date, `${field}[${i}]`));
	return [...new Set(dates)].sort();
}

function parseDate(value: unknown, field: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid) return text;
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is no date of the calendar`,
		'Give year, month and day: "2026-12-31".',
	);
}

function refuseNoDay({ days, onDates, notOnDates }: Schedule, field: string): void {
	if (onDates === undefined) return;
	const isMet = onDates.some((date) => {
		const weekday = WEEKDAYS[DateTime.fromISO(date, { zone: 'utc' }).weekday - 1];
		const isOnWeekday = days === undefined || (weekday !== undefined && days.includes(weekday));
		return isOnWeekday && !(notOnDates?.includes(date) ?? false);
	});
	if (isMet) return;
	throw new InvalidFieldError(
		`${field}.onDates`,
		`None of the dates in ${field}.onDates is left by the days and dates beside it`,
		'Leave out days and notOnDates, or give other dates.',
	);
}
