import { isJsonObject, type JsonObject } from '../parse-status-message-values';
import { profileOf, type ColumnProfile } from './column-profile';
import { normaliseName } from './normalise-name';
import type { TableColumns } from './recognise-columns';
import type { SourceRow } from './source-row';

/** What the first rows of one list look like. */
export interface SampleTable extends TableColumns {
	readonly list: string | null;
	/** As they stand in the file: those of objects with different names together, none of them taken apart. */
	readonly names: readonly string[];
	readonly profiles: ReadonlyMap<string, ColumnProfile>;
	readonly isText: boolean;
	readonly first: SourceRow;
}

const MAX_PATHS = 500;
const MAX_DEPTH = 4;
/** Objects that are what their name says, as a whole. */
const WHOLE = new Set(['attributes']);

function byList(rows: readonly SourceRow[]): SourceRow[][] {
	const lists = new Map<string | null, SourceRow[]>();
	for (const row of rows) {
		const some = lists.get(row.list);
		if (some) some.push(row);
		else lists.set(row.list, [row]);
	}
	return [...lists.values()];
}

/** The lists of some rows with the names of all their columns, in the order in which they begin. */
export function listsOf(
	rows: readonly SourceRow[],
): readonly { readonly list: string | null; readonly names: readonly string[] }[] {
	return byList(rows).map((some) => ({
		list: some[0]?.list ?? null,
		names: [...new Set([...new Set(some.map(({ columns }) => columns))].flat())],
	}));
}

/** The tables of some rows, in the order in which they begin. Columns of objects are taken apart into dotted paths. */
export function sampleTables(rows: readonly SourceRow[]): SampleTable[] {
	return byList(rows).flatMap((some) => (some[0] ? [sampleTable(some[0], some)] : []));
}

function sampleTable(first: SourceRow, rows: readonly SourceRow[]): SampleTable {
	const cells = new Map<string, unknown[]>();
	for (const row of rows) {
		for (const [at, column] of row.columns.entries()) {
			const known = cells.get(column);
			if (known) known.push(row.cells[at]);
			else cells.set(column, [row.cells[at]]);
		}
	}
	const profiles = new Map<string, ColumnProfile>();
	for (const [column, values] of cells) addColumn(profiles, column, values, 1);
	const { list, isText } = first;
	return { list, names: [...cells.keys()], columns: [...profiles.keys()], profiles, isText, first };
}

function addColumn(
	profiles: Map<string, ColumnProfile>,
	column: string,
	values: readonly unknown[],
	depth: number,
): void {
	const profile = profileOf(values);
	const objects =
		profile.objects > 0 && profile.objects === profile.filled ? values.filter(isJsonObject) : [];
	if (
		objects.length === 0 ||
		depth > MAX_DEPTH ||
		WHOLE.has(normaliseName(column)) ||
		isOwnPosition(column, objects)
	) {
		if (profiles.size < MAX_PATHS || depth === 1) profiles.set(column, profile);
		return;
	}
	const parts = new Map<string, unknown[]>();
	for (const object of objects) {
		for (const [name, value] of Object.entries(object)) {
			const known = parts.get(name);
			if (known) known.push(value);
			else if (parts.size < MAX_PATHS) parts.set(name, [value]);
		}
	}
	for (const [name, some] of parts) addColumn(profiles, `${column}.${name}`, some, depth + 1);
}

/** The position of a status message in the product's own shape. */
const isOwnPosition = (column: string, objects: readonly JsonObject[]): boolean =>
	column === 'position' &&
	objects.every((object) =>
		Object.keys(object).every((name) => name === 'latitude' || name === 'longitude' || name === 'heading'),
	);
