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
/** So that a message without an id gets the one that a feed of the same format gives it. */
const CONVERTED = { origin: { pathOf: (field: string) => field } };

/** A message that names no vehicle is of the row's own. `columnOf`: which column filled a field of a status. */
export function prepareRow(
	records: RowRecords,
	now: number,
	columnOf: (field: string) => string | null,
): Prepared {
	const { statuses, vehicle } = records;
	if (statuses === undefined) return { ok: true, row: { records, messages: NO_MESSAGES } };
	const messages: TakenMessage[] = [];
	for (const { value, isConverted } of statuses) {
		const own = vehicle && { vehicle: vehicle.fields[vehicle.key], ...value };
		const message = own ?? value;
		const limits = { now, maxFutureMs: DEFAULT_MAX_FUTURE_MS };
		const parsed = parseStatusMessage(message, limits, JSON.stringify(message), isConverted ? CONVERTED : {});
		if (!parsed.ok) {
			const { field, reason, hint } = parsed;
			// Of an object in the row, such as a position, the row has a column for the whole.
			const name = field?.split('.')[0] ?? null;
			const column = field === null || name === null ? null : (columnOf(field) ?? name);
			const given = name === null ? null : (message as Record<string, unknown>)[name];
			return { ok: false, error: rowError(records, `${reason}. ${hint}`, column, given) };
		}
		messages.push(parsed);
	}
	return { ok: true, row: { records, messages } };
}
