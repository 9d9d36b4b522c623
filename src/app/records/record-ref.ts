/**
 * How a caller names a record. Keys: of a vehicle its VIN, plate or external id in any spelling; of a customer the
 * external id, else the exact name; of a rule and a geofence the exact name. Other records are named by id only.
 */
export type RecordRef = { readonly id: number } | { readonly key: string };

export function refText(ref: RecordRef): string | number {
	return 'id' in ref ? ref.id : ref.key;
}
