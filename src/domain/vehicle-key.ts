import { normalisePlate } from './plate';
import type { Vehicle } from './vehicle';
import { normaliseVin } from './vin';

interface KeySpellings {
	readonly vin: string;
	readonly plate: string;
	readonly externalId: string;
}

function spellings(key: string): KeySpellings {
	return { vin: normaliseVin(key), plate: normalisePlate(key), externalId: key.trim() };
}

/** The spellings under which the store may know a vehicle's key, to be asked for all at once; empty for an empty key. */
export function vehicleKeyCandidates(key: string): readonly string[] {
	const { vin, plate, externalId } = spellings(key);
	return [...new Set([vin, plate, externalId])].filter((candidate) => candidate !== '');
}

/**
 * The vehicle that `key` means: by VIN, else by plate (both in any case), else by external id (exactly).
 * `found` holds what the store answered for the key's candidates.
 */
export function vehicleByKey(key: string, found: ReadonlyMap<string, Vehicle>): Vehicle | null {
	const { vin, plate, externalId } = spellings(key);
	const byVin = found.get(vin);
	if (byVin !== undefined && byVin.vin === vin) return byVin;
	const byPlate = found.get(plate);
	if (byPlate !== undefined && byPlate.plate === plate) return byPlate;
	const byExternalId = found.get(externalId);
	return byExternalId !== undefined && byExternalId.externalId === externalId ? byExternalId : null;
}
