import { isJsonObject } from '../parse-status-message-values';
import { isEmptyCell } from './cell-value';
import type { DateOrder, DecimalMark } from './import-mapping';
import { dateEvidence } from './read-date';
import { isOnlyGrouped, numberEvidence } from './read-number';
import { unmarkText } from './text-marker';

/** What the sampled cells of a column look like; every count is of cells that are not empty. */
export interface ColumnProfile {
	filled: number;
	/** Cells of text that are not marked as such. */
	texts: number;
	readonly distinct: Set<string>;
	vins: number;
	emails: number;
	plates: number;
	/** ISO 8601, of them `isoTimes` with a time of day. */
	isoDates: number;
	isoTimes: number;
	words: number;
	/** Digits that begin with a zero. */
	codes: number;
	objects: number;
	readonly numbers: Record<DecimalMark | 'both' | 'neither', number>;
	/** Numbers that are thousands alone in one notation. */
	onlyGrouped: number;
	readonly dates: Record<DateOrder | 'both' | 'same' | 'words' | 'shortYear', number>;
	/** The first texts that can be read in two ways. */
	readonly ambiguousNumbers: string[];
	readonly ambiguousDates: string[];
}

const MAX_DISTINCT = 5_000;
const MAX_EXAMPLES = 5;
/** Nothing that tells what a column holds is as long. */
const MAX_TELLING = 200;

/** With a letter and a digit, so that no long number is one. */
const VIN = /^(?=.*[A-Z])(?=.*\d)[A-HJ-NPR-Z0-9]{17}$/i;
const EMAIL = /^[^\s@,;:<>()"\\]+@[^\s@,;:<>()"\\.]+(?:\.[^\s@,;:<>()"\\.]+)+$/;
/** Germany and Austria, France and Italy, the United Kingdom, Spain. */
const PLATES = [
	/^[A-ZÄÖÜ]{1,3}[- ][A-ZÄÖÜ]{1,2}[- ]?\d{1,4}[EH]?$/,
	/^[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}$/,
	/^[A-Z]{2}\d{2} ?[A-Z]{3}$/,
	/^\d{4}[- ]?[B-DF-HJ-NP-TV-Z]{3}$/,
];
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const WORDS = /^(?:yes|no|ja|nein|nee|oui|non|s[ií]|tak|nie|true|false)$/i;
const CODE = /^0\d+$/;

const emptyProfile = (): ColumnProfile => ({
	...{
		filled: 0,
		texts: 0,
		vins: 0,
		emails: 0,
		plates: 0,
		isoDates: 0,
		isoTimes: 0,
		words: 0,
		codes: 0,
		objects: 0,
	},
	distinct: new Set(),
	numbers: { point: 0, comma: 0, both: 0, neither: 0 },
	onlyGrouped: 0,
	dates: { dayFirst: 0, monthFirst: 0, yearFirst: 0, both: 0, same: 0, words: 0, shortYear: 0 },
	ambiguousNumbers: [],
	ambiguousDates: [],
});

/** Looks at a column's sampled cells. */
export function profileOf(cells: Iterable<unknown>): ColumnProfile {
	const profile = emptyProfile();
	for (const cell of cells) {
		if (isEmptyCell(cell)) continue;
		profile.filled += 1;
		if (isJsonObject(cell)) profile.objects += 1;
		if (typeof cell !== 'string' || unmarkText(cell) !== null) continue;
		look(profile, cell.trim());
	}
	return profile;
}

function look(profile: ColumnProfile, text: string): void {
	profile.texts += 1;
	if (text.length > MAX_TELLING) return;
	if (profile.distinct.size < MAX_DISTINCT) profile.distinct.add(text);
	if (WORDS.test(text)) profile.words += 1;
	if (text.includes('@') && EMAIL.test(text)) profile.emails += 1;
	if (!/\d/.test(text)) return;
	if (VIN.test(text)) profile.vins += 1;
	if (PLATES.some((plate) => plate.test(text.toUpperCase()))) profile.plates += 1;
	if (ISO_DATE.test(text)) profile.isoDates += 1;
	if (ISO_TIME.test(text)) profile.isoTimes += 1;
	if (CODE.test(text)) profile.codes += 1;
	const number = numberEvidence(text);
	if (number !== null) {
		profile.numbers[number] += 1;
		if (number !== 'neither' && isOnlyGrouped(text)) profile.onlyGrouped += 1;
		if (number === 'both') keepExample(profile.ambiguousNumbers, text);
		return;
	}
	const date = dateEvidence(text);
	if (date === null) return;
	profile.dates[date] += 1;
	if (date === 'both') keepExample(profile.ambiguousDates, text);
}

function keepExample(examples: string[], text: string): void {
	if (examples.length < MAX_EXAMPLES && !examples.includes(text)) examples.push(text);
}

export const numbersIn = ({ numbers }: ColumnProfile): number =>
	numbers.point + numbers.comma + numbers.both + numbers.neither;

/** But those with a year of two digits, which nothing tells from other numbers. */
export const datesIn = ({ dates }: ColumnProfile): number =>
	dates.dayFirst + dates.monthFirst + dates.yearFirst + dates.both + dates.same + dates.words;
