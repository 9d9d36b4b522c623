import type { ImportRowError } from '../../domain/import';
import type { MappedRecord } from '../../domain/mapping/import-mapping';
import type { RecordLink, RowRecords } from '../../domain/mapping/row-records';
import { rowError } from '../../domain/mapping/source-row';
import type { ImportMark } from '../ports/store-imports';
import type { Deciding } from './decide-row';

/** Why a row is refused, with the error to show for it. */
export class RefusedRow extends Error {
	constructor(readonly error: ImportRowError) {
		super(error.message);
	}
}

const KEY_NAMES = { vin: 'VIN', plate: 'plate', externalId: 'external id', email: 'email', name: 'name' };
export function unknownLink(
	row: RowRecords,
	record: 'customer' | 'vehicle',
	{ key, column }: RecordLink,
): RefusedRow {
	const how = record === 'customer' ? 'external id or name' : 'VIN, plate or external id';
	const message = `There is no ${record} '${key}': add it first, or correct its ${how}`;
	return new RefusedRow(rowError(row, message, column, key));
}

type Key = keyof typeof KEY_NAMES;

/** Of rows with the same key the first counts, whether or not it was in this run. */
export function refuseAgain(
	deciding: Deciding,
	row: RowRecords,
	record: 'customer' | 'vehicle',
	key: Key,
	value: string,
	holder: ImportMark,
): void {
	if (holder.importId !== deciding.importId) return;
	const message = `The ${KEY_NAMES[key]} '${value}' stands in row ${holder.importRow} already`;
	throw refused(deciding, row, record, key, value, message);
}

export function refuseByMode(
	deciding: Deciding,
	row: RowRecords,
	record: 'customer' | 'vehicle',
	key: Key,
	value: string,
	known: object | null,
	isMain: boolean,
): void {
	if (known && deciding.mode === 'create' && isMain) {
		const message = `There is a ${record} with the ${KEY_NAMES[key]} '${value}' already, and this import only creates`;
		throw refused(deciding, row, record, key, value, message);
	}
	if (!known && deciding.mode === 'update') {
		const message = `There is no ${record} with the ${KEY_NAMES[key]} '${value}', and this import only updates`;
		throw refused(deciding, row, record, key, value, message);
	}
}

export function refused(
	deciding: Deciding,
	row: RowRecords,
	record: MappedRecord,
	field: string,
	value: string,
	message: string,
): RefusedRow {
	return new RefusedRow(rowError(row, message, deciding.columnOf(row.list, record, field) ?? field, value));
}
