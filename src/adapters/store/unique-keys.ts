import { DuplicateRecordError } from '../../app/errors';
import { driverErrorOf } from './driver-error';
import type { StoreContext } from './store-context';

/** A record with unique keys, and which they are. */
export interface UniqueKeys {
	readonly record: string;
	readonly columns: readonly string[];
}

export const VEHICLE_KEYS: UniqueKeys = { record: 'vehicle', columns: ['vin', 'plate', 'externalId'] };
export const CUSTOMER_KEYS: UniqueKeys = { record: 'customer', columns: ['externalId'] };
export const GEOFENCE_KEYS: UniqueKeys = { record: 'geofence', columns: ['name'] };

/**
 * Throws `DuplicateRecordError` when another record than `ownId` has one of the keys. There is one writer at a
 * time, so what is free now is free when it is written; and unlike a refused statement, this leaves PostgreSQL's
 * transaction usable.
 */
export async function refuseTakenKeys(
	{ query }: StoreContext,
	{ record, columns }: UniqueKeys,
	fields: object,
	ownId: number | null,
): Promise<void> {
	const values = new Map<string, unknown>(Object.entries(fields));
	for (const column of columns) {
		const value = values.get(column);
		if (typeof value !== 'string') continue;
		const [holder] = await query(`SELECT id FROM ${record} WHERE "${column}" = ?`, [value]);
		if (holder && Number(holder.id) !== ownId) throw new DuplicateRecordError(record, column, value);
	}
}

/**
 * The database's own refusal, for what slipped past the check because another program writes to the tables. Null
 * for any other error.
 */
export function duplicateFrom(
	error: unknown,
	{ record, columns }: UniqueKeys,
	fields: object,
): DuplicateRecordError | null {
	const driverError = driverErrorOf(error);
	if (driverError === null || (driverError.errcode !== 2067 && driverError.code !== '23505')) return null;
	// SQLite: "UNIQUE constraint failed: vehicle.vin". PostgreSQL: "Key (vin)=(...) already exists.", or ("externalId").
	const said = `${driverError.message} ${driverError.detail}`;
	const column = columns.find((name) =>
		[`${record}.${name}`, `(${name})`, `("${name}")`].some((mark) => said.includes(mark)),
	);
	if (column === undefined) return null;
	const given = new Map<string, unknown>(Object.entries(fields)).get(column);
	const value = driverError.detail.match(/=\((.*)\)/)?.[1] ?? (typeof given === 'string' ? given : '');
	return new DuplicateRecordError(record, column, value, { cause: error });
}
