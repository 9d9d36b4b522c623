import { InvalidFieldError } from '../errors';
import { parseObject, parseWord, refuseOthers } from './parse-object';
import { parseSeconds, parseTimes } from './parse-quantity';
import { parseSchedule } from './parse-schedule';
import { parseTimeZone } from './parse-time-zone';
import type { Schedule } from './pattern';
import type { FiringPolicy } from './rule';
import { endOfSchedule } from './schedule';

const FIELDS = [
	...(['on', 'cooldownSeconds', 'clearAfterSeconds', 'maxPerDay', 'remindEverySeconds'] as const),
	...(['quietHours', 'timeZone'] as const),
];
const MAX_PER_DAY = 10_000;
/** Any moment: what matters is whether the schedule ends at all. */
const SOME_MOMENT = Date.UTC(2026, 0, 1);

/** Left out: once, whenever the pattern becomes met. @throws InvalidFieldError */
export function parseFire(value: unknown): FiringPolicy {
	if (value === undefined || value === null) return { on: 'edge', cooldownSeconds: 0 };
	const fire = parseObject(value, 'fire', '{ "on": "edge", "cooldownSeconds": 3600 }');
	refuseOthers(fire, FIELDS, 'fire');
	const has = (name: (typeof FIELDS)[number]): boolean => fire[name] !== undefined && fire[name] !== null;
	const seconds = (name: (typeof FIELDS)[number]): number => parseSeconds(fire[name], `fire.${name}`);
	return {
		on: has('on') ? parseWord(fire.on, ['edge', 'every'] as const, 'fire.on') : 'edge',
		cooldownSeconds: has('cooldownSeconds')
			? parseSeconds(fire.cooldownSeconds, 'fire.cooldownSeconds', 0)
			: 0,
		...(has('clearAfterSeconds') ? { clearAfterSeconds: seconds('clearAfterSeconds') } : {}),
		...(has('maxPerDay') ? { maxPerDay: parseTimes(fire.maxPerDay, 'fire.maxPerDay', MAX_PER_DAY) } : {}),
		...(has('remindEverySeconds') ? { remindEverySeconds: seconds('remindEverySeconds') } : {}),
		...(has('quietHours') ? { quietHours: parseQuietHours(fire.quietHours) } : {}),
		...(has('timeZone') ? { timeZone: parseTimeZone(fire.timeZone, 'fire.timeZone') } : {}),
	};
}

function parseQuietHours(value: unknown): Schedule {
	const schedule = parseSchedule(value, 'fire.quietHours');
	if (endOfSchedule(schedule, SOME_MOMENT, null) < Infinity) return schedule;
	throw new InvalidFieldError(
		'fire.quietHours',
		'The quiet hours never end: emails would wait for ever',
		'Give from and to, or some days of the week.',
	);
}
