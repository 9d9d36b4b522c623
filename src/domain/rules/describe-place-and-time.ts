import { describeDuration } from './describe-duration';
import { WEEKDAYS } from './pattern';
import type { GeofencePattern, GeofenceRef, Schedule, Weekday } from './pattern';

/** `isNot`: says the opposite, that it is not met. */
export function describeGeofencePattern(pattern: GeofencePattern, isNot: boolean, gaps: string): string {
	if ('inside' in pattern) return `the vehicle is ${isNot ? 'not ' : ''}inside ${fence(pattern.inside)}`;
	if ('outside' in pattern) {
		return `the vehicle is ${isNot ? 'not ' : ''}outside ${fence(pattern.outside, 'every')}`;
	}
	if ('enters' in pattern)
		return `the vehicle ${isNot ? 'does not enter' : 'enters'} ${fence(pattern.enters)}`;
	if ('exits' in pattern) return `the vehicle ${isNot ? 'does not leave' : 'leaves'} ${fence(pattern.exits)}`;
	const { forSeconds } = pattern.dwells;
	return `the vehicle ${isNot ? 'does not stay' : 'stays'} inside ${fence(pattern.dwells)} for ${describeDuration(forSeconds)}${gaps}`;
}

function fence(ref: GeofenceRef, which = 'a'): string {
	return 'geofence' in ref ? `'${ref.geofence}'` : `${which} geofence tagged '${ref.tag}'`;
}

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
	mon: 'Monday',
	tue: 'Tuesday',
	wed: 'Wednesday',
	thu: 'Thursday',
	fri: 'Friday',
	sat: 'Saturday',
	sun: 'Sunday',
};
const MAX_DATES = 3;

/** E.g. `Saturday or Sunday between 22:00 and 06:00 (Europe/Berlin)`. */
export function describeSchedule({ days, from, to, onDates, notOnDates, timeZone }: Schedule): string {
	const parts = [
		days === undefined ? '' : describeDays(days),
		describeTimes(from, to),
		onDates === undefined ? '' : `on ${describeDates(onDates)}`,
		notOnDates === undefined ? '' : `not on ${describeDates(notOnDates)}`,
	].filter((part) => part !== '');
	return `${parts.join(', ')} (${timeZone === 'vehicle' ? 'local time' : (timeZone ?? 'UTC')})`.replace(
		/day, (?=between|after|before)/,
		'day ',
	);
}

function describeDays(days: readonly Weekday[]): string {
	const places = days.map((day) => WEEKDAYS.indexOf(day)).sort((a, b) => a - b);
	const [first = 0, last = 0] = [places[0], places.at(-1)];
	const names = places.map((place) => DAY_NAMES[WEEKDAYS[place] ?? 'mon']);
	if (places.length > 2 && last - first === places.length - 1) return `${names[0]} to ${names.at(-1)}`;
	return anyOf(names);
}

function describeTimes(from: string | undefined, to: string | undefined): string {
	if (from === undefined) return to === undefined ? '' : `before ${to}`;
	return to === undefined ? `after ${from}` : `between ${from} and ${to}`;
}

function describeDates(dates: readonly string[]): string {
	if (dates.length <= MAX_DATES + 1) return anyOf(dates);
	return `${dates.slice(0, MAX_DATES).join(', ')} or ${dates.length - MAX_DATES} other dates`;
}

function anyOf(words: readonly string[]): string {
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
