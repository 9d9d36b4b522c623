import type { CustomerFields } from '../customer';
import type { ImportRowError } from '../import';
import type { TaskFields, TaskState } from '../task';
import type { VehicleFields } from '../vehicle';
import type { ImportList } from './list-names';

/** Another record that a row names by its key, and the column it does so in. */
export interface RecordLink {
	readonly key: string;
	readonly column: string;
}

export interface VehiclePart {
	/** What the vehicle is recognised by; `fields` has it. */
	readonly key: 'vin' | 'externalId' | 'plate';
	readonly fields: Partial<VehicleFields>;
	/** A customer by external id, else by name; null for none named, or for the row's own `customer`. */
	readonly customer: RecordLink | null;
}

export interface CustomerPart {
	/** Has an external id, an email or a name, by the first of which the customer is recognised. */
	readonly fields: Partial<CustomerFields>;
}

export interface TaskPart {
	readonly fields: Partial<Omit<TaskFields, 'vehicleId' | 'customerId'>> & Pick<TaskFields, 'title'>;
	/** Default: `created`. */
	readonly state?: TaskState;
	/** Milliseconds; with a state other than `created`. */
	readonly closedAt?: number;
	/** Null for none named, or for the row's own vehicle. */
	readonly vehicle: RecordLink | null;
	readonly customer: RecordLink | null;
}

export interface StatusPart {
	/** A status message in the product's own shape; without a vehicle it is of the row's own. */
	readonly value: Readonly<Record<string, unknown>>;
	/**
	 * It was made of a sender's own shape: parsed with an `origin`, a message without an id gets the very one that a
	 * feed of this format gives it.
	 */
	readonly isConverted?: boolean;
}

/** What one row of a file says, as far as the file alone tells. It is taken as a whole or refused as a whole. */
export interface RowRecords {
	readonly row: number;
	readonly list: string | null;
	/** The part that the row counts as: it is there. */
	readonly kind: ImportList;
	readonly customer?: CustomerPart;
	readonly vehicle?: VehiclePart;
	readonly task?: TaskPart;
	/** Several where a sender puts several reports into one object. */
	readonly statuses?: readonly StatusPart[];
}

export type InterpretedRow =
	| { readonly ok: true; readonly records: RowRecords }
	| { readonly ok: false; readonly error: ImportRowError };
