import { InvalidFieldError } from '../../domain/errors';
import { parseObject, parseWord, pathTo, refuseOthers, shown } from '../../domain/rules/parse-object';

export type Report = (error: InvalidFieldError) => void;
type Reader<T> = (value: unknown, field: string, report: Report) => T;

/** What can stand in an object, by the names. */
export type Readers<T> = { readonly [K in keyof T]: Reader<T[K]> };

/**
 * The fields of an object, each by its reader; those that are not given, or wrong, are absent. Every mistake is reported
 * with its path, unknown names included.
 */
export function readFields<T extends object>(
	value: unknown,
	field: string,
	readers: Readers<T>,
	{ report, what = field, example }: { report: Report; what?: string; example: string },
): Partial<T> {
	const object = attempt(report, () => parseObject(value, field, example, what)) ?? {};
	const names = Object.keys(readers);
	for (const name of Object.keys(object)) {
		attempt(report, () => refuseOthers({ [name]: true }, names, field, what));
	}
	const fields: Partial<T> = {};
	for (const name of names as (keyof T & string)[]) {
		const given = object[name];
		if (given === undefined || given === null) continue;
		const read = attempt(report, () => readers[name](given, pathTo(field, name), report));
		if (read !== undefined) fields[name] = read;
	}
	return fields;
}

/** Undefined when it throws an `InvalidFieldError`, which is reported. */
export function attempt<R>(report: Report, work: () => R): R | undefined {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof InvalidFieldError)) throw error;
		report(error);
		return undefined;
	}
}

export const text: Reader<string> = (value, field) => {
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw new InvalidFieldError(field, `${shown(value)} in ${field} is no text`, 'Give a text.');
};

/** A number, or a text of one, as an environment variable gives it. */
export const wholeNumber =
	(least: number, most: number): Reader<number> =>
	(value, field) => {
		const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
		if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
			return number;
		throw new InvalidFieldError(
			field,
			`${shown(value)} in ${field} is no whole number from ${least} to ${most}`,
			`Give one, e.g. ${field.split('.').at(-1)}: ${Math.max(least, 1)}.`,
		);
	};

export const port = wholeNumber(0, 65_535);

export const yesOrNo: Reader<boolean> = (value, field) => {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new InvalidFieldError(
		field,
		`${shown(value)} in ${field} is no true or false`,
		'Give true or false.',
	);
};

export const oneOf =
	<const W extends string>(words: readonly W[]): Reader<W> =>
	(value, field) =>
		parseWord(value, words, field);

/** A list, or one text with its entries between commas. */
export const list =
	<T>(entry: Reader<T>): Reader<T[]> =>
	(value, field, report) =>
		(Array.isArray(value) ? value : text(value, field, report).split(',')).map((given: unknown, index) =>
			entry(typeof given === 'string' ? given.trim() : given, `${field}[${index}]`, report),
		);

/** The URL of one of these protocols. Its password stays out of the message when it is wrong. */
export function readUrl(value: unknown, field: string, protocols: readonly string[], example: string): URL {
	const given = text(value, field, () => undefined);
	const url = URL.canParse(given) ? new URL(given) : null;
	if (url !== null && protocols.includes(url.protocol.slice(0, -1)) && url.hostname !== '') return url;
	throw new InvalidFieldError(
		field,
		url === null || url.hostname === ''
			? `The text in ${field} is no URL`
			: `The URL in ${field} begins with ${url.protocol}//, which is not known here`,
		`Give e.g. ${example}. Characters like @ : / # in a user name or password are written as %40 %3A %2F %23.`,
	);
}
