import { planImport, type AskedPlan } from '../plan-import';
import type { SourceRow } from '../source-row';

export const ASKED: AskedPlan = { recordType: 'auto', mapping: null, format: null, remembered: () => null };

/** The rows of a table, of CSV unless something else than text stands in it. */
export function table(columns: readonly string[], ...rows: readonly (readonly unknown[])[]): SourceRow[] {
	const isText = rows.flat().every((cell) => typeof cell === 'string');
	return rows.map((cells, index) => ({ row: index + 2, list: null, columns, cells, isText }));
}

/** The plan of a table with this column, and a plate for each row. */
export function columnPlan(column: string, values: readonly unknown[], asked: Partial<AskedPlan> = {}) {
	const rows = values.map((value, index) => [`M-AB ${index}`, value]);
	const { lists, questions } = planImport(table(['plate', column], ...rows), { ...ASKED, ...asked });
	const { column: _, ...found } = lists[0]?.columns.find((mapping) => mapping.column === column) ?? {
		column,
	};
	return { ...found, questions };
}

export const fieldsOf = (rows: readonly SourceRow[], asked: Partial<AskedPlan> = {}) => {
	const { lists } = planImport(rows, { ...ASKED, ...asked });
	return lists.map(({ kind, columns }) => [
		kind,
		...columns.map(({ column, record, field }) => `${column} -> ${record}.${field}`),
	]);
};
