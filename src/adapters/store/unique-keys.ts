import { DuplicateRecordError } from '../../app/errors';
import type { Row } from './session';
import { queryLists } from './rows';
import type { StoreContext } from './store-context';

/** A record with unique keys, and which they are. */
export interface UniqueKeys {
	readonly record: string;
	readonly columns: readonly string[];
}

export const VEHICLE_KEYS: UniqueKeys = { record: 'vehicle', columns: ['vin', 'plate', 'externalId'] };
export const CUSTOMER_KEYS: UniqueKeys = { record: 'customer', columns: ['externalId'] };

/**
 * Throws `DuplicateRecordError` when another record than `ownId` has one of the keys. There is one writer at a
 * time, so what is free now is free when it is written; and unlike a refused statement, this leaves PostgreSQL's
 * transaction usable.
 */
export async function refuseTakenKeys(
	{ query }: StoreContext,
	{ record, columns }: UniqueKeys,
	fields: Readonly<Record<string, unknown>>,
	ownId: number | null,
): Promise<void> {
	for (const column of columns) {
		const value = fields[column];
		if (typeof value !== 'string') continue;
		const [holder] = await query(`SELECT id FROM ${record} WHERE "${column}" = ?`, [value]);
		if (holder && Number(holder.id) !== ownId) throw new DuplicateRecordError(record, column, value);
	}
}

/** The rows that have any of the values in the column, by value. */
export async function holdersOf(
	{ query }: StoreContext,
	table: string,
	column: string,
	values: readonly string[],
): Promise<Map<string, Row>> {
	const rows = await queryLists(
		query,
		values,
		(list) => `SELECT * FROM ${table} WHERE "${column}" IN (${list})`,
	);
	return new Map(rows.map((row) => [String(row[column]), row]));
}

/**
 * The database's own refusal, for what slipped past the check because another program writes to the tables. Null
 * for any other error.
 */
export function duplicateFrom(
	error: unknown,
	{ record, columns }: UniqueKeys,
	fields: Readonly<Record<string, unknown>>,
): DuplicateRecordError | null {
	const driverError: unknown = error instanceof Error && 'driverError' in error ? error.driverError : null;
	if (!(driverError instanceof Error)) return null;
	const said = 'detail' in driverError ? String(driverError.detail) : driverError.message;
	const isUnique =
		('errcode' in driverError && driverError.errcode === 2067) ||
		('code' in driverError && driverError.code === '23505');
	// SQLite: "UNIQUE constraint failed: vehicle.vin"; PostgreSQL: "Key (vin)=(...) already exists."
	const column = columns.find((name) => new RegExp(`\\b${name}\\b`).test(said));
	if (!isUnique || column === undefined) return null;
	return new DuplicateRecordError(record, column, String(fields[column]), { cause: error });
}
