import { InvalidFieldError } from '../errors';
import { interpreter, type Report } from '../message-formats/interpreter';
import type { MessageFormat } from '../message-formats/message-format';
import { pathReader } from '../message-formats/read-path';
import { isJsonObject, type JsonObject } from '../parse-status-message-values';
import { cellValue } from './cell-value';
import { objectOf } from './recognise-format';
import type { InterpretedRow, StatusPart } from './row-records';
import { rowError, type SourceRow } from './source-row';
import { unmarkText } from './text-marker';

/** Reads rows that are messages in a sender's own shape: one row may hold several reports, or none. */
export function formatInterpreter(format: MessageFormat): (row: SourceRow) => InterpretedRow {
	const interpret = interpreter(format);
	const { messageId } = format;
	const readId = typeof messageId === 'object' ? pathReader(messageId.field) : null;

	/** As a feed of this format gives them, so that a message that came by one is known. */
	function idOf(message: unknown, value: JsonObject): unknown {
		if (readId) return readId(message, message);
		return messageId === 'message' ? value.messageId : undefined;
	}

	function statusOf(message: unknown, { value, part, error }: Report): StatusPart {
		if (error !== undefined) throw error instanceof Error ? error : new Error(String(error));
		const all = isJsonObject(value) ? value : {};
		const id = idOf(message, all);
		const isWhole = part === null || (typeof id !== 'string' && typeof id !== 'number');
		return { value: { ...all, messageId: isWhole ? id : `${id}.${part}` } };
	}

	return (row) => {
		const place = { row: row.row, list: row.list };
		try {
			const statuses = interpret(row.isText ? typedObject(row) : objectOf(row)).flatMap(
				({ message, reports }) => reports.map((report) => statusOf(message, report)),
			);
			return { ok: true, records: { ...place, kind: 'statuses', statuses } };
		} catch (error) {
			if (!(error instanceof InvalidFieldError)) throw error;
			const { field, message, hint } = error;
			const at = row.columns.indexOf(field.split('.')[0] ?? '');
			const cell = field.includes('.') ? null : row.cells[at];
			return { ok: false, error: rowError(place, `${message}. ${hint}`, field || null, cell) };
		}
	};
}

function typedObject(row: SourceRow): JsonObject {
	const cells = row.cells.map((cell) =>
		typeof cell === 'string' ? (unmarkText(cell) ?? cellValue(cell)) : cell,
	);
	return objectOf({ ...row, cells });
}
