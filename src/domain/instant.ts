import { DateTime } from 'luxon';
import { InvalidFieldError } from './errors';
import { shown } from './rules/parse-object';

/** Below this, a number of milliseconds would lie before 1973: it is surely one of seconds. */
const SMALLEST_MS = 100_000_000_000;
/** The end of the year 9999, the last that ISO 8601 writes with four digits. */
const LARGEST_MS = 253_402_300_799_999;

const HINT = 'Give ISO 8601, e.g. 2026-03-31T14:00:00Z, or milliseconds since 1970-01-01.';

/**
 * A point in time as milliseconds since the Unix epoch: from ISO 8601 (UTC where it names no offset), milliseconds,
 * a Date or a luxon DateTime.
 * @throws InvalidFieldError
 */
export function parseInstant(value: unknown, field: string): number {
	const at = toMilliseconds(value);
	if (at === null) {
		throw new InvalidFieldError(field, `${shown(value)} in ${field} is no date and time`, HINT);
	}
	if (at < SMALLEST_MS || at > LARGEST_MS) {
		const seconds = typeof value === 'number' ? ' Seconds must be multiplied by 1000.' : '';
		throw new InvalidFieldError(
			field,
			`${shown(value)} in ${field} is not between the years 1973 and 9999`,
			HINT + seconds,
		);
	}
	return Math.trunc(at);
}

function toMilliseconds(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
	if (DateTime.isDateTime(value)) return value.isValid ? value.toMillis() : null;
	if (typeof value !== 'string') return null;
	if (/^\d{11,}$/.test(value.trim())) return Number(value);
	const parsed = DateTime.fromISO(value.trim(), { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : null;
}
