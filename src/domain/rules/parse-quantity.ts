import { InvalidFieldError } from '../errors';
import { kindOf, shown } from './parse-object';

const YEAR_SECONDS = 366 * 86_400;
const SECONDS_HINT = 'Give whole seconds, without quotes: 60 is a minute, 3600 an hour, 86400 a day.';

/** @throws InvalidFieldError unless it is a whole number of seconds, from `min` to a year */
export function parseSeconds(value: unknown, field: string, min: 0 | 1 = 1): number {
	if (isWhole(value, min, YEAR_SECONDS)) return value;
	if (value === undefined || value === null) {
		throw new InvalidFieldError(field, `${field} is missing`, SECONDS_HINT);
	}
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is no whole number of seconds from ${min} to ${YEAR_SECONDS} (a year)`,
		SECONDS_HINT,
	);
}

/** @throws InvalidFieldError unless it is a whole number from 1 to `max` */
export function parseTimes(value: unknown, field: string, max: number): number {
	if (isWhole(value, 1, max)) return value;
	throw new InvalidFieldError(
		field,
		value === undefined || value === null
			? `${field} is missing`
			: `${shown(value)} in ${field} is no whole number from 1 to ${max}`,
		'Give how many times, as a number without quotes.',
	);
}

/** @throws InvalidFieldError for anything but true and false; left out is `otherwise` */
export function parseFlag(value: unknown, field: string, otherwise: boolean): boolean {
	if (value === undefined || value === null) return otherwise;
	if (typeof value === 'boolean') return value;
	throw new InvalidFieldError(field, `${field} is ${kindOf(value)}`, 'Give true or false, without quotes.');
}

function isWhole(value: unknown, min: number, max: number): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
