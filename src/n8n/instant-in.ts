import { DateTime } from 'luxon';
import { parseInstant } from '../domain/instant';

const NO_OFFSET = /^\d{4}-\d{2}-\d{2}([T ][\d:.]+)?$/;

/**
 * A time from a parameter, in milliseconds since the epoch; null when it is empty. The editor's date picker names no
 * offset: what it gives is a time in the workflow's zone. Throws `InvalidFieldError`.
 */
export function instantIn(zone: string, given: unknown, field: string): number | null {
	if (given === undefined || given === null || given === '') return null;
	if (typeof given !== 'string' || !NO_OFFSET.test(given.trim())) return parseInstant(given, field);
	const local = DateTime.fromISO(given.trim().replace(' ', 'T'), { zone });
	return parseInstant(local.isValid ? local.toMillis() : given, field);
}
