import type { ImportRowError } from '../../domain/import';
import type { RowRecords } from '../../domain/mapping/row-records';
import { rowError } from '../../domain/mapping/source-row';
import { parseStatusMessage, type TakenMessage } from '../../domain/parse-status-message';
import { DEFAULT_MAX_FUTURE_MS } from '../feed/process-batch';

/** A row, and its status messages as a feed takes them. */
export interface PreparedRow {
	readonly records: RowRecords;
	readonly messages: readonly TakenMessage[];
}

type Prepared =
	{ readonly ok: true; readonly row: PreparedRow } | { readonly ok: false; readonly error: ImportRowError };

const NO_MESSAGES: readonly TakenMessage[] = [];

/** A message that names no vehicle is of the row's own. `columnOf`: which column filled a field of a status. */
export function prepareRow(
	records: RowRecords,
	now: number,
	columnOf: (field: string) => string | null,
): Prepared {
	const { statuses, vehicle } = records;
	if (statuses === undefined) return { ok: true, row: { records, messages: NO_MESSAGES } };
	const messages: TakenMessage[] = [];
	for (const { value } of statuses) {
		const own = vehicle && { vehicle: vehicle.fields[vehicle.key], ...value };
		const message = own ?? value;
		const limits = { now, maxFutureMs: DEFAULT_MAX_FUTURE_MS };
		const parsed = parseStatusMessage(message, limits, JSON.stringify(message));
		if (!parsed.ok) {
			const { field, reason, hint } = parsed;
			const column = field === null ? null : (columnOf(field) ?? field);
			const given = field === null ? null : (message as Record<string, unknown>)[field];
			return { ok: false, error: rowError(records, `${reason}. ${hint}`, column, given) };
		}
		messages.push(parsed);
	}
	return { ok: true, row: { records, messages } };
}
