import { InvalidFieldError } from '../errors';
import { numberOrCell } from '../mapping/cell-value';
import { show } from '../parse-status-message-values';
import { toCanonical, type UnitName } from '../units';
import type { TimeForm } from './message-format';

export type Convert = (value: unknown, path: string) => unknown;

/** Into the canonical unit; senders write numbers as text, too. Throws `InvalidFieldError` for what is no number. */
export function unitConverter(unit: UnitName | undefined): Convert {
	if (unit === undefined) return (value) => value;
	return (value, path) => {
		const number = numberOrCell(value);
		if (typeof number === 'number') return toCanonical(number, unit);
		throw new InvalidFieldError(
			path,
			`${path}: ${show(value)} is not a number`,
			`It is to be converted from ${unit}. Take the unit away for values that are no numbers.`,
		);
	};
}

const TIME_HINTS = {
	iso: 'Send ISO 8601, e.g. 2026-03-01T08:30:00Z, or choose another form of the time in the format of the feed.',
	epochSeconds: 'Send seconds since 1970, or choose another form of the time in the format of the feed.',
	epochMilliseconds:
		'Send milliseconds since 1970, or choose another form of the time in the format of the feed.',
} as const;

/** A time in a form that `parseReportedAt` cannot mistake for another. Throws `InvalidFieldError` for any other form. */
export function timeConverter(form: TimeForm): Convert {
	if (form === 'auto') return (value) => value;
	return (value, path) => {
		const number = numberOrCell(value);
		if (form === 'iso' ? typeof number === 'string' : typeof number === 'number') {
			return form === 'epochSeconds' ? Number(number) * 1000 : number;
		}
		throw new InvalidFieldError(path, `${path}: ${show(value)} is not a time in this form`, TIME_HINTS[form]);
	};
}
