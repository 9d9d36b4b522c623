import type { Customer } from './customer';
import type { VehicleStatus } from './status';
import type { Vehicle } from './vehicle';

/** From and to, both included. */
export type IdRange = readonly [first: number, last: number];

/** What a chunk of an import changed: enough to take it back. */
export interface ImportChange {
	/** When it was written: `updatedAt` of its records, as long as nothing newer changes them. */
	readonly at: number;
	readonly customers: RecordChanges<Customer>;
	readonly vehicles: RecordChanges<Vehicle>;
	readonly tasks: { readonly created: readonly IdRange[] };
	/** Messages that were new to the history. */
	readonly reports: readonly (readonly [vehicleId: number, messageId: string, reportedAt: number])[];
	/** The current statuses of those vehicles before; a vehicle without one is absent. */
	readonly statuses: readonly VehicleStatus[];
}

export interface RecordChanges<R> {
	readonly created: readonly IdRange[];
	/** Only the fields that changed, as they were, and who had written the record last. */
	readonly updated: readonly (readonly [id: number, before: Partial<R>])[];
}

/** A record that an undoing left as it was. */
export interface KeptRecord {
	readonly record: 'customer' | 'vehicle' | 'task' | 'status';
	readonly recordId: number;
	/** What a person calls it. */
	readonly label: string;
	readonly reason: string;
}

/** `ids` rising. */
export function rangesOf(ids: readonly number[]): IdRange[] {
	const ranges: [number, number][] = [];
	for (const id of ids) {
		const last = ranges.at(-1);
		if (last !== undefined && id === last[1] + 1) last[1] = id;
		else ranges.push([id, id]);
	}
	return ranges;
}

export function idsOf(ranges: readonly IdRange[]): number[] {
	return ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
}
