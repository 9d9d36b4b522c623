import { hash } from 'node:crypto';
import type { ImportMapping } from './import-mapping';
import type { ImportPlan } from './import-plan';
import { normaliseName } from './normalise-name';
import { listsOf } from './sample-tables';
import type { SourceRow } from './source-row';

/** The same for every list of this name with these columns, however they are written and in whatever order. */
export function shapeOf(list: string | null, columns: readonly string[]): string {
	const names = columns.map((column) => normaliseName(column) || column).sort();
	return hash('sha256', JSON.stringify([list === null ? null : normaliseName(list), names]), 'base64url');
}

/** The shapes of the lists that some rows stand in. */
export function shapesOf(rows: readonly SourceRow[]): readonly string[] {
	return listsOf(rows).map(({ list, names }) => shapeOf(list, names));
}

/** What the next file of the same shape is to be read by, for each list of a plan that has columns. */
export function mappingToRemember(
	plan: ImportPlan,
): readonly { readonly shape: string; readonly mapping: ImportMapping }[] {
	const { matchBy, others, timeZone } = plan;
	return plan.lists
		.filter(({ columns }) => columns.length > 0)
		.map(({ shape, columns }) => ({
			shape,
			mapping: { columns, others, matchBy, ...(timeZone === undefined ? {} : { timeZone }) },
		}));
}
