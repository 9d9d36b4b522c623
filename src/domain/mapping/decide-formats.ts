import { dimensionOf } from '../attribute-dimension';
import { datesIn, numbersIn, type ColumnProfile } from './column-profile';
import { isOwnAttribute } from './field-names';
import type { ColumnMapping, DateOrder, DecimalMark } from './import-mapping';
import type { PlanQuestion } from './import-plan';
import { readNumber } from './read-number';

/** What the operator, or an earlier file, says about columns that do not say it themselves. */
export interface FormatDefaults {
	readonly dateOrder?: DateOrder | undefined;
	readonly decimalMark?: DecimalMark | undefined;
}

/** A column of text with what its sampled cells look like. */
export interface ProfiledColumn {
	readonly mapping: ColumnMapping;
	readonly profile: ColumnProfile | undefined;
	/** Every cell of the table is text, so that numbers and booleans have to be told from it. */
	readonly isText: boolean;
}

const INSTANTS = new Set(['status.reportedAt', 'task.dueAt', 'task.closedAt']);
/** The largest value that each can have: what tells thousands from decimals. */
const NUMBERS: Readonly<Record<string, number>> = {
	'vehicle.year': 2100,
	'status.sequence': Number.MAX_SAFE_INTEGER,
	'status.latitude': 90,
	'status.longitude': 180,
	'status.heading': 360,
};

const fieldOf = ({ record, field }: ColumnMapping) => `${record}.${field}`;
const isAttribute = ({ field }: ColumnMapping) => field.startsWith('attributes.');

export const isInstant = (mapping: ColumnMapping): boolean => INSTANTS.has(fieldOf(mapping));
export const isNumeric = (mapping: ColumnMapping): boolean => fieldOf(mapping) in NUMBERS;

/** Whether a wrong reading of its numbers would go unseen. */
function matters(mapping: ColumnMapping): boolean {
	if (isNumeric(mapping) || mapping.unit !== undefined) return true;
	return isAttribute(mapping) && dimensionOf(mapping.field) != null;
}

/** Decides how texts are read as days, numbers and booleans, column by column, and asks what only a person can know. */
export function decideFormats(
	list: string | null,
	columns: readonly ProfiledColumn[],
	defaults: FormatDefaults,
): { readonly columns: readonly ColumnMapping[]; readonly questions: readonly PlanQuestion[] } {
	const questions: PlanQuestion[] = [];
	const fileMark = defaults.decimalMark ?? markOfFile(columns);
	const decided = columns.map(({ mapping, profile, isText }): ColumnMapping => {
		if (mapping.type === 'text') return mapping;
		// In a workbook or JSON of the product's own every value has the type that it is to have.
		if (!isText && isOwnAttribute(mapping.column)) return mapping;
		const date = dateFormat(mapping, profile, defaults.dateOrder);
		if (date !== null) {
			if (date === 'ask') questions.push(question(list, mapping, 'dateOrder', profile?.ambiguousDates));
			return date === 'ask' ? mapping : { ...mapping, ...date };
		}
		const isRead = isText || isNumeric(mapping) || mapping.unit !== undefined;
		if (!isRead || (!isAttribute(mapping) && !isNumeric(mapping))) return mapping;
		const type = mapping.type ?? (isText && isAttribute(mapping) ? typeOf(profile) : undefined);
		if (type !== undefined) return { ...mapping, type };
		const decimalMark =
			mapping.decimalMark ?? markOf(mapping, profile) ?? fallbackMark(mapping, profile, fileMark);
		if (decimalMark === 'ask') {
			questions.push(question(list, mapping, 'decimalMark', profile?.ambiguousNumbers));
			return mapping;
		}
		return decimalMark === undefined ? mapping : { ...mapping, decimalMark };
	});
	return { columns: decided, questions };
}

function question(
	list: string | null,
	{ column }: ColumnMapping,
	about: PlanQuestion['about'],
	examples: readonly string[] = [],
): PlanQuestion {
	const choices = about === 'dateOrder' ? ['dayFirst', 'monthFirst'] : ['point', 'comma'];
	return { list, column, about, examples, choices };
}

/** Null for a column that holds no dates. */
function dateFormat(
	mapping: ColumnMapping,
	profile: ColumnProfile | undefined,
	fallback: DateOrder | undefined,
): Partial<ColumnMapping> | 'ask' | null {
	const isNamed = mapping.type === 'date' || isInstant(mapping);
	if (mapping.dateOrder !== undefined) return {};
	if (!isNamed) {
		if (!isAttribute(mapping) || mapping.unit !== undefined || mapping.type !== undefined) return null;
		if (!profile || profile.texts === 0 || datesIn(profile) < profile.texts) return null;
		// They are as they should be.
		if (profile.isoDates === profile.texts) return null;
	}
	if (!profile || datesIn(profile) === 0) return fallback === undefined ? {} : { dateOrder: fallback };
	const { dayFirst, monthFirst, yearFirst, both } = profile.dates;
	if (dayFirst + monthFirst > 0) return { dateOrder: monthFirst > dayFirst ? 'monthFirst' : 'dayFirst' };
	if (fallback !== undefined) return { dateOrder: fallback };
	if (both > 0) return 'ask';
	return yearFirst > 0 ? { dateOrder: 'yearFirst' } : {};
}

/** Words for yes and no only where the whole column has nothing else; codes make all of a column codes. */
function typeOf(profile: ColumnProfile | undefined): 'boolean' | 'text' | undefined {
	if (!profile || profile.texts === 0) return undefined;
	if (profile.words === profile.texts && !isCountry(profile.distinct)) return 'boolean';
	return profile.codes > 0 && profile.codes + numbersIn(profile) === profile.texts ? 'text' : undefined;
}

/** Nothing but `NO` or `SI` may as well stand for Norway or Slovenia. */
const isCountry = (distinct: ReadonlySet<string>) =>
	distinct.size === 1 && (distinct.has('NO') || distinct.has('SI'));

/** What the column's own numbers tell, by their majority. */
function markOf(mapping: ColumnMapping, profile: ColumnProfile | undefined): DecimalMark | undefined {
	if (!profile) return undefined;
	const { point, comma } = profile.numbers;
	if (point + comma === 0) return markByRange(mapping, profile);
	if (!matters(mapping)) {
		const isMostlyNumbers = numbersIn(profile) * 2 > profile.texts;
		if (!isMostlyNumbers || profile.onlyGrouped >= point + comma) return undefined;
	}
	return comma > point ? 'comma' : 'point';
}

/** `48.137` as a latitude can be no thousands. */
function markByRange(mapping: ColumnMapping, profile: ColumnProfile): DecimalMark | undefined {
	const max = NUMBERS[fieldOf(mapping)];
	if (max === undefined) return undefined;
	const fits = (mark: DecimalMark) =>
		profile.ambiguousNumbers.every((text) => Math.abs(readNumber(text, mark) ?? 0) <= max);
	const [point, comma] = [fits('point'), fits('comma')];
	return point === comma || profile.numbers.both === 0 ? undefined : point ? 'point' : 'comma';
}

function fallbackMark(
	mapping: ColumnMapping,
	profile: ColumnProfile | undefined,
	fileMark: DecimalMark | undefined,
): DecimalMark | 'ask' | undefined {
	const isAmbiguous = (profile?.numbers.both ?? 0) > 0;
	if (fileMark !== undefined) return isAmbiguous || matters(mapping) ? fileMark : undefined;
	if (isAmbiguous && matters(mapping)) return isOwnAttribute(mapping.column) ? 'point' : 'ask';
	return undefined;
}

/** One file has one notation, unless its columns contradict each other. */
function markOfFile(columns: readonly ProfiledColumn[]): DecimalMark | undefined {
	const marks = new Set(
		columns.flatMap(({ mapping, profile }) =>
			isNumeric(mapping) || isAttribute(mapping) ? (markOf(mapping, profile) ?? []) : [],
		),
	);
	const [only] = marks;
	return marks.size === 1 ? only : undefined;
}
