import type { Customer } from '../../domain/customer';
import type { Geofence } from '../../domain/geofence';
import type { Rule } from '../../domain/rules/rule';
import type { Vehicle } from '../../domain/vehicle';
import { vehicleByKey, vehicleKeyCandidates } from '../../domain/vehicle-key';
import { AmbiguousKeyError, RecordNotFoundError } from '../errors';
import type { StoreSession } from '../ports/store';
import type { RecordReader } from '../ports/store-records';
import { refText } from './record-ref';
import type { RecordRef } from './record-ref';

/** These reject with `RecordNotFoundError`, and with `AmbiguousKeyError` for a name that several records have. */
export async function findVehicle({ vehicles }: StoreSession, ref: RecordRef): Promise<Vehicle> {
	const vehicle =
		'id' in ref
			? await vehicles.get(ref.id)
			: vehicleByKey(ref.key, await vehicles.findByKeys(vehicleKeyCandidates(ref.key)));
	return there('vehicle', ref, vehicle);
}

export async function findCustomer({ customers }: StoreSession, ref: RecordRef): Promise<Customer> {
	if ('id' in ref) return there('customer', ref, await customers.get(ref.id));
	const key = ref.key.trim();
	const byExternalId = await onlyOne('customer', customers, 'externalId', key);
	return there('customer', ref, byExternalId ?? (await onlyOne('customer', customers, 'name', key)));
}

export async function findRule({ rules }: StoreSession, ref: RecordRef): Promise<Rule> {
	if ('id' in ref) return there('rule', ref, await rules.get(ref.id));
	return there('rule', ref, await findRuleByName(rules, ref.key));
}

/** Null when there is none. A rule on trial may have the name of the rule that it is to follow. */
export async function findRuleByName(rules: RecordReader<Rule>, name: string): Promise<Rule | null> {
	return await onlyOne('rule', rules, 'name', name.trim(), { shadowOf: null });
}

export async function findGeofence({ geofences }: StoreSession, ref: RecordRef): Promise<Geofence> {
	if ('id' in ref) return there('geofence', ref, await geofences.get(ref.id));
	return there('geofence', ref, await onlyOne('geofence', geofences, 'name', ref.key.trim()));
}

/** For records that have no key but their id. */
export async function findById<R>(record: string, reader: RecordReader<R>, ref: RecordRef): Promise<R> {
	return there(record, ref, 'id' in ref ? await reader.get(ref.id) : null);
}

/** Null when no record, of those that are like `among`, has this value; rejects with `AmbiguousKeyError` when several have. */
export async function onlyOne<R>(
	record: string,
	reader: RecordReader<R>,
	field: keyof R & string,
	value: string,
	among: Partial<R> = {},
): Promise<R | null> {
	const where: Partial<R> = { ...among };
	Object.assign(where, { [field]: value });
	const found = await reader.find({ where, limit: 2 });
	if (found.length > 1) throw new AmbiguousKeyError(record, field, value);
	return found[0] ?? null;
}

function there<R>(record: string, ref: RecordRef, found: R | null): R {
	if (found === null) throw new RecordNotFoundError(record, refText(ref));
	return found;
}
