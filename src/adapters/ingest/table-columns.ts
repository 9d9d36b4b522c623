import { UnreadableFileError } from '../../app/errors';
import { isOwnAttribute } from '../../domain/mapping/field-names';

/** Names of attributes that exports write are exact: they may differ in case or blanks alone. */
const spelling = (name: string) => (isOwnAttribute(name) ? name : name.toLowerCase());

/**
 * The names of a table's columns from its header: trimmed, line breaks inside as blanks, a nameless one called after
 * its place. Throws `UnreadableFileError` for names that stand twice, in whatever case, and for a header without any.
 */
export function tableColumns(header: readonly string[]): string[] {
	const names = header.map((name) => (isOwnAttribute(name) ? name : name.replace(/\s+/g, ' ')).trim());
	if (names.every((name) => name === '')) {
		throw new UnreadableFileError(
			'The file has no header',
			'Put the names of the columns into its first row.',
		);
	}
	const seen = new Set<string>();
	const twice = new Set<string>();
	for (const name of names) {
		const plain = spelling(name);
		if (plain && seen.has(plain)) twice.add(name);
		seen.add(plain);
	}
	if (twice.size > 0) {
		const list = [...twice].map((name) => `'${name}'`).join(', ');
		throw new UnreadableFileError(
			`The header names ${list} more than once`,
			'Give every column a name of its own, or delete the one that is not meant.',
		);
	}
	return names.map((name, index) => name || freeColumnName(index, seen));
}

/** What the columns of a table without a header are called. */
export function numberedColumns(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `Column ${index + 1}`);
}

function freeColumnName(index: number, taken: ReadonlySet<string>): string {
	let name = `Column ${index + 1}`;
	while (taken.has(name.toLowerCase())) name += ' ';
	return name;
}
