import { DateTime } from 'luxon';
import { WEEKDAYS, type Schedule } from '../pattern';

export function isWithinWallClock(schedule: Schedule, at: number, vehicleZone: string): boolean {
	const { days, onDates, notOnDates, timeZone = 'UTC' } = schedule;
	const local = DateTime.fromMillis(at, { zone: timeZone === 'vehicle' ? vehicleZone : timeZone });
	const [from = '00:00', to = '24:00'] = [schedule.from, schedule.to];
	const time = local.toFormat('HH:mm');
	const isOverMidnight = from >= to;
	const isAfterMidnight = isOverMidnight && time < from;
	if (isOverMidnight ? time < from && time >= to : time < from || time >= to) return false;
	const day = isAfterMidnight ? local.minus({ days: 1 }) : local;
	const date = day.toFormat('yyyy-MM-dd');
	if (days !== undefined && !days.some((name) => WEEKDAYS.indexOf(name) === day.weekday - 1)) return false;
	if (onDates !== undefined && !onDates.includes(date)) return false;
	return notOnDates === undefined || !notOnDates.includes(date);
}

export function localDate(at: number, zone: string): string {
	return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd');
}
