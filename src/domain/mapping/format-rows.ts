import { InvalidFieldError } from '../errors';
import type { ImportRowError } from '../import';
import { interpreter, type Report } from '../message-formats/interpreter';
import type { MessageFormat } from '../message-formats/message-format';
import { presetOf } from '../message-formats/presets';
import { pathReader, pathsOf, plainPath } from '../message-formats/read-path';
import { isJsonObject, type JsonObject } from '../parse-status-message-values';
import { cellValue } from './cell-value';
import { objectOf, wrappedIn } from './recognise-format';
import type { InterpretedRow, StatusPart } from './row-records';
import { rowError, type SourceRow } from './source-row';
import { unmarkText } from './text-marker';

/** Reads rows that are messages in a sender's own shape: one row may hold several reports, or none. */
export function formatInterpreter(format: MessageFormat): (row: SourceRow) => InterpretedRow {
	const interpret = interpreter(format);
	const { messageId } = format;
	const items = pathsOf(presetOf(format).mapping?.items).map(plainPath);
	const readId = typeof messageId === 'object' ? pathReader(messageId.field) : null;

	/** As a feed of this format gives them, so that a message that came by one is known. */
	function idOf(message: unknown, value: JsonObject): unknown {
		if (readId) return readId(message, message);
		return messageId === 'message' ? value.messageId : undefined;
	}

	function statusOf(message: unknown, { value, part }: Report): StatusPart {
		const all = isJsonObject(value) ? value : {};
		const id = idOf(message, all);
		const isWhole = part === null || (typeof id !== 'string' && typeof id !== 'number');
		return { value: { ...all, messageId: isWhole ? id : `${id}.${part}` }, isConverted: true };
	}

	/** As a feed brings it: what the message stood in may say what it does not say itself. */
	function payloadOf(row: SourceRow): JsonObject {
		const message = row.isText ? typedObject(row) : objectOf(row);
		return row.wrapper && items.includes(row.wrapper.path) ? wrappedIn(row.wrapper, message) : message;
	}

	return (row) => {
		const statuses: StatusPart[] = [];
		for (const { message, reports } of interpret(payloadOf(row))) {
			for (const report of reports) {
				if (report.error !== undefined) return { ok: false, error: errorOf(row, report.error) };
				statuses.push(statusOf(message, report));
			}
		}
		return { ok: true, records: { row: row.row, list: row.list, kind: 'statuses', statuses } };
	};
}

function errorOf(row: SourceRow, error: unknown): ImportRowError {
	if (!(error instanceof InvalidFieldError)) {
		return rowError(row, `The message cannot be read: ${String(error)}`);
	}
	const { field, message, hint } = error;
	const cell = row.cells[row.columns.indexOf(field)];
	return rowError(row, `${message}. ${hint}`, field || null, cell);
}

function typedObject(row: SourceRow): JsonObject {
	const cells = row.cells.map((cell) =>
		typeof cell === 'string' ? (unmarkText(cell) ?? cellValue(cell)) : cell,
	);
	return objectOf({ ...row, cells });
}
