import { DateTime } from 'luxon';

export type ParsedDay =
	{ readonly ok: true; readonly iso: string } | { readonly ok: false; readonly reason: string };

const HOW = 'write it as yyyy-mm-dd, e.g. 2021-03-31';

const no = (reason: string): ParsedDay => ({ ok: false, reason });

const two = (part: number) => String(part).padStart(2, '0');

function ofParts(year: number, month: number, day: number, text: string): ParsedDay {
	const date = new Date(Date.UTC(year, month - 1, day));
	// A day that there is not, such as 31 February, would move into the next month.
	const isDay = year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return isDay ? { ok: true, iso: `${year}-${two(month)}-${two(day)}` } : no(`'${text}' is no day: ${HOW}`);
}

/**
 * Brings a day, or a point in time, into ISO 8601 form: from ISO 8601 (a time keeps its offset, or its lack of one),
 * `31.03.2021`, and `31/03/2021` or `03/31/2021` where one of the numbers cannot be a month. Two-digit years and
 * slashes that could be read both ways are refused, with how to write them.
 */
export function parseDay(text: string): ParsedDay {
	const trimmed = text.trim();
	const dots = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(trimmed);
	if (dots) return ofParts(Number(dots[3]), Number(dots[2]), Number(dots[1]), trimmed);
	const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(trimmed);
	if (slashes) {
		const [first, second, year] = [Number(slashes[1]), Number(slashes[2]), Number(slashes[3])];
		if (first <= 12 && second <= 12 && first !== second) {
			return no(`'${trimmed}' could be day/month or month/day: ${HOW}`);
		}
		return first > 12 ? ofParts(year, second, first, trimmed) : ofParts(year, first, second, trimmed);
	}
	const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed);
	if (day) return ofParts(Number(day[1]), Number(day[2]), Number(day[3]), trimmed);
	if (/^\d{4}-\d{2}-\d{2}[T ]/.test(trimmed)) {
		const iso = trimmed.replace(' ', 'T');
		if (DateTime.fromISO(iso, { setZone: true }).isValid) return { ok: true, iso };
	}
	return no(`'${trimmed.slice(0, 50)}' is no date: ${HOW}`);
}
