import { InvalidFieldError } from '../errors';
import { parseSchedule } from './parse-schedule';

function refusal(schedule: unknown): InvalidFieldError {
	try {
		parseSchedule(schedule, 'schedule');
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
	throw new Error('was not refused');
}

describe('parseSchedule', () => {
	it('puts days and dates in order, times in two digits, and midnight at the end nowhere', () => {
		expect(
			parseSchedule(
				{
					days: ['sun', 'mon', 'sun'],
					from: '7:30',
					to: '24:00',
					onDates: ['2026-12-28', '2026-07-06', '2026-12-28'],
					timeZone: ' Europe/Berlin ',
				},
				'schedule',
			),
		).toStrictEqual({
			days: ['mon', 'sun'],
			from: '07:30',
			onDates: ['2026-07-06', '2026-12-28'],
			timeZone: 'Europe/Berlin',
		});
	});

	it.each([
		[{ from: '22:00', to: '06:00' }],
		[{ from: '22:00', to: '00:00' }],
		[{ days: ['mon'], timeZone: 'vehicle' }],
		[{ notOnDates: ['2028-02-29'] }],
	])('takes %j', (schedule) => {
		expect(parseSchedule(schedule, 'schedule')).toStrictEqual(schedule);
	});

	it.each<[string, unknown, string, RegExp]>([
		['schedule', 'nights', 'text', /"from"/],
		['schedule', {}, 'no day and no time', /days, from/],
		['schedule', { timeZone: 'UTC' }, 'no day and no time', /days, from/],
		['schedule', { to: '24:00' }, 'no day and no time', /days, from/],
		['schedule.day', { day: 'mon' }, "'day'", /'days'/],
		['schedule.days', { days: [] }, 'empty', /1 to 7/],
		['schedule.days[1]', { days: ['mon', 'Tuesday'] }, "'Tuesday'", /^Did you mean 'tue'/],
		['schedule.from', { from: '25:00' }, "'25:00'", /00:00 to 23:59/],
		['schedule.from', { from: '12:60' }, "'12:60'", /23:59/],
		['schedule.from', { from: 1320 }, '1320', /in quotes/],
		['schedule.from', { from: '24:00' }, 'after 24:00', /00:00/],
		['schedule.to', { to: '00:00' }, 'before 00:00', /24:00/],
		['schedule.onDates[0]', { onDates: ['2026-02-29'] }, "'2026-02-29'", /2026-12-31/],
		['schedule.notOnDates[0]', { notOnDates: ['31.12.2026'] }, "'31.12.2026'", /2026-12-31/],
		['schedule.onDates', { days: ['mon'], onDates: ['2026-07-07'] }, 'None of the dates', /other dates/],
		['schedule.onDates', { onDates: ['2026-07-07'], notOnDates: ['2026-07-07'] }, 'None', /other/],
		['schedule.timeZone', { from: '1:00', timeZone: 'Europe/Berln' }, "'Europe/Berln'", /'Europe\/Berlin'/],
		['schedule.timeZone', { from: '1:00', timeZone: 'New York' }, "'New York'", /'America\/New_York'/],
		['schedule.timeZone', { from: '1:00', timeZone: 'berlin' }, "'berlin'", /'Europe\/Berlin'/],
		['schedule.timeZone', { from: '1:00', timeZone: 'Londno' }, "'Londno'", /'Europe\/London'/],
		['schedule.timeZone', { from: '1:00', timeZone: '+02:00' }, "'+02:00'", /Give an IANA name/],
	])('names %s of %j', (field, schedule, message, hint) => {
		const error = refusal(schedule);
		expect(error.field).toBe(field);
		expect(error.message).toContain(message);
		expect(error.hint).toMatch(hint);
	});
});
