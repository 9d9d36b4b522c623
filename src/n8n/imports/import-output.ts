import type { IDataObject } from 'n8n-workflow';
import type { Import } from '../../domain/import';
import { importProgress, type ImportProgress } from '../../domain/import-progress';
import { toOutput } from '../to-output';
import type { ImportDesk } from './await-import';

/** An import with how far it has come: percent and seconds left, and rows a second as a whole number. */
export function withProgress(entry: Import): Import & ImportProgress {
	const { rowsPerSecond } = entry;
	const pace = rowsPerSecond === null ? null : Math.round(rowsPerSecond);
	return { ...entry, rowsPerSecond: pace, ...importProgress(entry) };
}

export const importOutput = (entry: Import): IDataObject => toOutput(withProgress(entry));

/** The bad rows of imports, at most `limit` in all; a hint tells of those that are left out. */
export async function badRowsOutput(
	{ context, fleet, runtime }: ImportDesk,
	entries: readonly Import[],
	limit: number,
): Promise<IDataObject[]> {
	const shown: IDataObject[] = [];
	let left = 0;
	for (const { id, fileName, rowsFailed, state } of entries) {
		const most = limit - shown.length;
		const errors =
			most > 0 ? await runtime.records.listImportErrors(fleet, { id }, { limit: most, offset: 0 }) : [];
		shown.push(...errors.map((error) => ({ importId: id, fileName, ...error })));
		if (state !== 'undone') left += Math.max(rowsFailed - errors.length, 0);
	}
	if (left > 0) {
		context.addExecutionHints({
			message: `${shown.length} bad rows are shown, ${left} are not: Get Error File, or Fleet → Import → Get Row Errors, has all of them`,
			location: 'outputPane',
			type: 'info',
		});
	}
	return shown;
}
