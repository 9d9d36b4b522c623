import fc from 'fast-check';
import { DateTime } from 'luxon';
import { WEEKDAYS } from './pattern';
import type { Schedule } from './pattern';
import { endOfSchedule, isWithinSchedule, localDay } from './schedule';

const at = (text: string) => DateTime.fromISO(text, { setZone: true }).toMillis();

/** By luxon alone: the day that a local time belongs to, then what the schedule says of that day. */
function isWithinByLuxon(schedule: Schedule, moment: number, vehicleZone: string | null): boolean {
	const zone = (schedule.timeZone === 'vehicle' ? vehicleZone : schedule.timeZone) ?? 'UTC';
	const local = DateTime.fromMillis(moment, { zone });
	const time = local.toFormat('HH:mm');
	const from = schedule.from ?? '00:00';
	const to = schedule.to ?? '24:00';
	const isOn = (day: DateTime): boolean =>
		(schedule.days?.includes(WEEKDAYS[day.weekday - 1] ?? 'mon') ?? true) &&
		(schedule.onDates?.includes(day.toISODate() ?? '') ?? true) &&
		!(schedule.notOnDates?.includes(day.toISODate() ?? '') ?? false);
	if (from < to) return time >= from && time < to && isOn(local);
	// By the calendar, in which every day exists: Samoa left out a whole one.
	const dayBefore = DateTime.utc(local.year, local.month, local.day).minus({ days: 1 });
	return (time >= from && isOn(local)) || (time < to && isOn(dayBefore));
}

const ZONES = [
	...['Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'],
	...['Africa/Casablanca', 'America/Santiago', 'Pacific/Apia', 'Asia/Tehran', 'Pacific/Kiritimati'],
];
const time = fc
	.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
	.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
/** Often close to a change of the clocks, of the years with odd ones too. */
const moment = fc.oneof(
	fc.integer({ min: at('1987-01-01T00:00Z'), max: at('2037-01-01T00:00Z') }),
	fc
		.tuple(
			fc.constantFrom('2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'),
			fc.integer({ min: -6 * 3_600_000, max: 6 * 3_600_000 }),
		)
		.map(([change, shift]) => at(change) + shift),
	fc.integer({ min: at('2011-12-28T00:00Z'), max: at('2012-01-02T00:00Z') }),
);
const dates = fc.uniqueArray(
	fc.constantFrom('2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2011-12-29', '2011-12-31'),
	{ minLength: 1, maxLength: 4 },
);
const schedule: fc.Arbitrary<Schedule> = fc.record(
	{
		days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
		from: time,
		to: time,
		onDates: dates,
		notOnDates: dates,
		timeZone: fc.constantFrom(...ZONES, 'vehicle', 'UTC'),
	},
	{ requiredKeys: [] },
);
const vehicleZone = fc.constantFrom(null, ...ZONES);

describe('isWithinSchedule', () => {
	it('is what luxon says, in any zone at any time', () => {
		fc.assert(
			fc.property(schedule, moment, vehicleZone, (given, now, zone) => {
				expect(isWithinSchedule(given, now, zone)).toBe(isWithinByLuxon(given, now, zone));
			}),
			{ numRuns: 3000 },
		);
	});

	it('counts the hours after midnight to the day before', () => {
		const weekend: Schedule = { days: ['fri'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' };
		expect(isWithinSchedule(weekend, at('2026-07-03T22:00+02:00'), null)).toBe(true);
		expect(isWithinSchedule(weekend, at('2026-07-04T05:59+02:00'), null)).toBe(true);
		expect(isWithinSchedule(weekend, at('2026-07-04T06:00+02:00'), null)).toBe(false);
		expect(isWithinSchedule(weekend, at('2026-07-03T05:59+02:00'), null)).toBe(false);
	});

	it('takes the vehicle’s zone where the schedule says so, else UTC', () => {
		const night: Schedule = { from: '22:00', to: '23:00', timeZone: 'vehicle' };
		const [summer, winter] = [at('2026-07-01T20:30Z'), at('2026-07-01T22:30Z')];
		expect(isWithinSchedule(night, summer, 'Europe/Berlin')).toBe(true);
		expect([null, 'Nowhere/At all', 'UTC'].map((zone) => isWithinSchedule(night, winter, zone))).toEqual([
			true,
			true,
			true,
		]);
	});
});

describe('endOfSchedule', () => {
	it('is the first moment that luxon finds outside', () => {
		fc.assert(
			fc.property(schedule, moment, vehicleZone, (given, now, zone) => {
				const end = endOfSchedule(given, now, zone);
				if (end === Infinity) {
					expect(isWithinByLuxon(given, now + 40 * 86_400_000, zone)).toBe(true);
					return;
				}
				expect(isWithinByLuxon(given, end, zone)).toBe(false);
				const steps = Math.min(300, Math.ceil((end - now) / 900_000));
				for (let step = 0; step < steps; step++) {
					const before = step === 0 ? end - 1 : now + ((end - 1 - now) * step) / steps;
					expect(isWithinByLuxon(given, Math.floor(before), zone)).toBe(true);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('knows when there is no end', () => {
		expect(endOfSchedule({}, 0, null)).toBe(Infinity);
		expect(endOfSchedule({ notOnDates: ['2027-01-01'] }, at('2026-03-01T00:00Z'), null)).toBe(
			at('2027-01-01T00:00Z'),
		);
	});
});

describe('localDay', () => {
	it('is what luxon says', () => {
		fc.assert(
			fc.property(moment, fc.constantFrom(...ZONES, 'UTC'), (now, zone) => {
				expect(localDay(now, zone)).toBe(DateTime.fromMillis(now, { zone }).toISODate());
			}),
		);
	});
});
