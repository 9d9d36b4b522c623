import { COLUMN_NAMES, DATE_ATTRIBUTES } from './column-names';
import type { ImportList } from './list-names';
import { camelCase, normaliseName } from './normalise-name';

/** What a column of a file fills: a field or reference of the record, an attribute, or nothing. */
export interface ColumnMatch {
	/** As it stands in the file. */
	readonly column: string;
	readonly kind: 'field' | 'attribute' | 'ignored';
	/** Name of the field or attribute. */
	readonly target: string;
	/** Its values are days, to be brought into ISO form. */
	readonly isDate: boolean;
}

type NameTable = ReadonlyMap<string, string>;

function tableOf(names: Readonly<Record<string, readonly string[]>>): NameTable {
	return new Map(
		Object.entries(names).flatMap(([target, spellings]) =>
			[target, ...spellings].map((spelling) => [normaliseName(spelling), target] as const),
		),
	);
}

const FIELDS: Record<ImportList, NameTable> = {
	customers: tableOf(COLUMN_NAMES.customers),
	vehicles: tableOf(COLUMN_NAMES.vehicles),
	tasks: tableOf(COLUMN_NAMES.tasks),
	statuses: tableOf(COLUMN_NAMES.statuses),
};
const DATES = tableOf(DATE_ATTRIBUTES);
const DATE_FIELDS = new Set(['dueAt']);

/** The camel case of a name that has letters, else the name: `__proto__` stays what it is, for the fields' check. */
function attributeName(column: string): string {
	return camelCase(column) || column;
}

/**
 * Matches the columns of a table, or the names of an object, to what they fill. Of several columns that mean one
 * field, the one that bears its very name, else the first, fills it; the others become attributes, as does
 * everything that means no field. Tasks have no attributes: there it is ignored.
 */
export function matchColumns(list: ImportList, columns: readonly string[]): ColumnMatch[] {
	const fields = FIELDS[list];
	const taken = new Map<string, string>();
	for (const column of columns) {
		const field = fields.get(normaliseName(column));
		if (field && (!taken.has(field) || column === field)) taken.set(field, column);
	}
	const attributes = new Set<string>();
	return columns.map((column) => {
		const name = normaliseName(column);
		const field = fields.get(name);
		if (field && taken.get(field) === column) {
			return { column, kind: 'field', target: field, isDate: DATE_FIELDS.has(field) };
		}
		if (list === 'tasks') return { column, kind: 'ignored', target: '', isDate: false };
		const date = list === 'vehicles' ? DATES.get(name) : undefined;
		const target = freeName([date, attributeName(column), column], attributes);
		attributes.add(target);
		const isDate = list !== 'statuses' && (date !== undefined || /date|datum|fecha/.test(name));
		return { column, kind: 'attribute', target, isDate };
	});
}

/** The first of the names that is not taken; when all are, the last with a number behind it. */
function freeName(names: readonly (string | undefined)[], taken: ReadonlySet<string>): string {
	const free = names.find((name) => name && !taken.has(name));
	if (free !== undefined) return free;
	let count = 2;
	while (taken.has(`${names.at(-1)} ${count}`)) count++;
	return `${names.at(-1)} ${count}`;
}

/** Fields that tell a kind of record; the first kind with most of them wins. */
const TELLING: readonly (readonly [ImportList, ReadonlySet<string>])[] = [
	['vehicles', new Set(['vin', 'plate', 'make', 'model', 'year'])],
	['tasks', new Set(['title', 'dueAt'])],
	['customers', new Set(['email', 'phone', 'name'])],
];

/** What the rows of a table are, told from its columns; null when they do not say. */
export function guessList(columns: readonly string[]): ImportList | null {
	const fieldsOf = (list: ImportList) => columns.map((column) => FIELDS[list].get(normaliseName(column)));
	const statuses = fieldsOf('statuses');
	if (statuses.includes('vehicle') && statuses.includes('reportedAt')) return 'statuses';
	let best: { list: ImportList | null; count: number } = { list: null, count: 0 };
	for (const [list, telling] of TELLING) {
		const count = new Set(fieldsOf(list).filter((field) => field && telling.has(field))).size;
		if (count > best.count) best = { list, count };
	}
	return best.list;
}
