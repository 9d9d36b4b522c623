import { InvalidFieldError } from '../errors';
import { kindOf, shown } from '../rules/parse-object';
import type { Paths } from './message-format';
import { isRootPath, plainPath } from './read-path';

const HINT =
	'Give names joined by dots as they stand in the JSON, e.g. data.position.lat or readings.0.value.';
const MAX_LENGTH = 500;

/** `message`: the path may not begin at the payload. */
export type PathScope = 'message' | 'anywhere';

/** @throws InvalidFieldError */
export function parsePath(value: unknown, field: string, scope: PathScope): string {
	if (value === undefined || value === null) throw new InvalidFieldError(field, `${field} is missing`, HINT);
	if (typeof value !== 'string')
		throw new InvalidFieldError(field, `${field} is ${kindOf(value)}, not text`, HINT);
	const path = value.trim();
	const names = plainPath(path).split('.');
	if (path.length > MAX_LENGTH || names.some((name) => name.trim() === '' || name === '__proto__')) {
		throw new InvalidFieldError(field, `${shown(value)} in ${field} is no path`, HINT);
	}
	if (scope === 'anywhere' || !isRootPath(path)) return path;
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} begins at the whole payload`,
		`It must lie in each message by itself: give e.g. ${plainPath(path)}.`,
	);
}

/**
 * One path, or a list of which the first counts that leads to a value.
 * @throws InvalidFieldError
 */
export function parsePaths(value: unknown, field: string, scope: PathScope): Paths {
	if (!Array.isArray(value)) return parsePath(value, field, scope);
	if (value.length === 0) throw new InvalidFieldError(field, `${field} is empty`, HINT);
	return value.map((path: unknown, index) => parsePath(path, `${field}[${index}]`, scope));
}
