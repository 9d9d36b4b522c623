import { WEEKDAYS } from './pattern';
import type { Schedule } from './pattern';
import { zoneOffsetHoldsUntil, zoneOffsetMs } from './zone-offset';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** A schedule that goes on for longer than ten years has no end for those who wait for it. */
const MAX_DAYS_AHEAD = 3_660;

/** A schedule in numbers. Days count from 1970-01-01, local; minutes from midnight. */
interface PreparedSchedule {
	readonly fromMinute: number;
	readonly toMinute: number;
	/** Monday first. */
	readonly isOnWeekday: readonly boolean[];
	readonly onDays: ReadonlySet<number> | null;
	readonly notOnDays: ReadonlySet<number>;
}

/** Rules keep their schedules, so that each is prepared once. */
const prepared = new WeakMap<Schedule, PreparedSchedule>();

/**
 * Whether the local time at `at` (milliseconds) lies within the schedule. `vehicleZone` is the zone that `vehicle`
 * stands for; null, or a text that is no zone's name, is UTC.
 */
export function isWithinSchedule(schedule: Schedule, at: number, vehicleZone: string | null): boolean {
	return isWithin(prepare(schedule), at + zoneOffsetMs(zoneOf(schedule.timeZone, vehicleZone), at));
}

/** The first moment at or after `at` that lies outside the schedule; Infinity when none does within ten years. */
export function endOfSchedule(schedule: Schedule, at: number, vehicleZone: string | null): number {
	const times = prepare(schedule);
	const zone = zoneOf(schedule.timeZone, vehicleZone);
	const until = at + MAX_DAYS_AHEAD * DAY_MS;
	let moment = at;
	while (moment < until) {
		const offsetMs = zoneOffsetMs(zone, moment);
		if (!isWithin(times, moment + offsetMs)) return moment;
		moment = Math.min(nextBorder(times, moment + offsetMs) - offsetMs, zoneOffsetHoldsUntil(zone, moment));
	}
	return Infinity;
}

/** The calendar day of `at` (milliseconds) in the zone, `yyyy-mm-dd`. */
export function localDay(at: number, zone: string): string {
	return new Date(at + zoneOffsetMs(zone, at)).toISOString().slice(0, 10);
}

/** The zone that a rule's `timeZone` means. */
export function zoneOf(timeZone: string | undefined, vehicleZone: string | null): string {
	return (timeZone === 'vehicle' ? vehicleZone : timeZone) ?? 'UTC';
}

function isWithin(times: PreparedSchedule, localMs: number): boolean {
	const day = Math.floor(localMs / DAY_MS);
	const minute = Math.floor((localMs - day * DAY_MS) / MINUTE_MS);
	const { fromMinute, toMinute } = times;
	if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute && isOn(times, day);
	return (minute >= fromMinute && isOn(times, day)) || (minute < toMinute && isOn(times, day - 1));
}

function isOn({ isOnWeekday, onDays, notOnDays }: PreparedSchedule, day: number): boolean {
	// 1970-01-01 was a Thursday.
	const weekday = (((day + 3) % 7) + 7) % 7;
	return isOnWeekday[weekday] === true && (onDays === null || onDays.has(day)) && !notOnDays.has(day);
}

/** The next local time at which being within may change. */
function nextBorder({ fromMinute, toMinute }: PreparedSchedule, localMs: number): number {
	const midnight = Math.floor(localMs / DAY_MS) * DAY_MS;
	const borders = [fromMinute, toMinute, DAY_MINUTES].map((minute) => midnight + minute * MINUTE_MS);
	return Math.min(...borders.filter((border) => border > localMs));
}

function prepare(schedule: Schedule): PreparedSchedule {
	const known = prepared.get(schedule);
	if (known !== undefined) return known;
	const { days, from, to, onDates, notOnDates } = schedule;
	const times: PreparedSchedule = {
		fromMinute: from === undefined ? 0 : minuteOf(from),
		toMinute: to === undefined ? DAY_MINUTES : minuteOf(to),
		isOnWeekday: WEEKDAYS.map((day) => days?.includes(day) ?? true),
		onDays: onDates === undefined ? null : new Set(onDates.map(dayOf)),
		notOnDays: new Set((notOnDates ?? []).map(dayOf)),
	};
	prepared.set(schedule, times);
	return times;
}

function minuteOf(time: string): number {
	const [hours = '', minutes = ''] = time.split(':');
	return Number(hours) * 60 + Number(minutes);
}

function dayOf(date: string): number {
	return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}
