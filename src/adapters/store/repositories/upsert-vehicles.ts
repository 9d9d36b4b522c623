import { DuplicateRecordError } from '../../../app/errors';
import type { UpsertResult, VehicleKey } from '../../../app/ports/store';
import type { Attributes } from '../../../domain/attributes';
import type { VehicleFields } from '../../../domain/vehicle';
import type { SqlValue } from '../engine';
import { jsonOf } from '../read-row';
import { InsertStatement, takeExcluded } from '../rows';
import type { Row } from '../session';
import type { StoreContext } from '../store-context';
import { duplicateFrom, holdersOf } from '../unique-keys';

const KEYS = ['vin', 'plate', 'externalId'] as const;
const FIELDS = [...KEYS, 'name', 'make', 'model', 'year'] as const;
const CHANGED = [...FIELDS, 'attributes', 'updatedAt'];

const upsertBy = (key: VehicleKey) =>
	new InsertStatement(
		'vehicle',
		[...CHANGED, 'createdAt'],
		`ON CONFLICT ("${key}") DO UPDATE SET ${takeExcluded(CHANGED)} RETURNING id, "${key}"`,
	);
const UPSERTS = { vin: upsertBy('vin'), plate: upsertBy('plate'), externalId: upsertBy('externalId') };

/**
 * As `VehicleRepository.upsertMany` promises. Clashes are judged before anything is written, against the vehicles as
 * they are then: an entry cannot take over a plate that another entry gives up.
 */
export async function upsertVehicles(
	context: StoreContext,
	key: VehicleKey,
	entries: readonly Partial<VehicleFields>[],
	at: number,
): Promise<UpsertResult[]> {
	const keyed = entries.map((entry) => ({ entry, value: keyValue(entry, key) }));
	const known = await holdersOf(
		context,
		'vehicle',
		key,
		keyed.map(({ value }) => value),
	);
	for (const column of KEYS) {
		if (column !== key) await refuseClashes(context, column, keyed, known);
	}
	const rows = keyed.map(({ entry, value }) => vehicleRow(entry, known.get(value), at));
	const written = await UPSERTS[key].run(context.query, rows).catch((error: unknown) => {
		throw duplicateFrom(error, { record: 'vehicle', columns: KEYS }, {}) ?? error;
	});
	const idByValue = new Map(written.map((row) => [String(row[key]), Number(row.id)]));
	return keyed.map(({ value }) => ({ id: idByValue.get(value) ?? Number.NaN, created: !known.has(value) }));
}

function keyValue(entry: Partial<VehicleFields>, key: VehicleKey): string {
	const value = entry[key];
	if (typeof value === 'string') return value;
	throw new TypeError(`upsertMany by ${key} was given an entry without it`);
}

async function refuseClashes(
	context: StoreContext,
	column: VehicleKey,
	keyed: readonly { entry: Partial<VehicleFields>; value: string }[],
	known: ReadonlyMap<string, Row>,
): Promise<void> {
	const taken = keyed.flatMap(({ entry }) => entry[column] ?? []);
	const holders = await holdersOf(context, 'vehicle', column, taken);
	const seen = new Set<string>();
	for (const { entry, value } of keyed) {
		const wanted = entry[column] ?? null;
		if (wanted === null) continue;
		const holder = holders.get(wanted);
		if (seen.has(wanted) || (holder && holder.id !== known.get(value)?.id)) {
			throw new DuplicateRecordError('vehicle', column, wanted);
		}
		seen.add(wanted);
	}
}

function vehicleRow(entry: Partial<VehicleFields>, known: Row | undefined, at: number): SqlValue[] {
	const before = known ? jsonOf<Attributes>(known, 'attributes') : {};
	const attributes = { ...before, ...entry.attributes };
	const fields = FIELDS.map((field) => {
		const value = entry[field];
		return value === undefined ? ((known?.[field] ?? null) as SqlValue) : value;
	});
	return [...fields, JSON.stringify(attributes), at, at];
}
