import type { Attributes } from './attributes';

export interface Vehicle {
	readonly id: number;
	/** ISO 3779, upper case, 17 characters without I, O and Q; unique when set. */
	readonly vin: string | null;
	/** Registration plate as written, upper case, single spaces; unique when set. */
	readonly plate: string | null;
	/** The id that a telematics box or the operator's own system gives the vehicle; unique when set. */
	readonly externalId: string | null;
	readonly name: string | null;
	readonly make: string | null;
	readonly model: string | null;
	readonly year: number | null;
	readonly customerId: number | null;
	readonly attributes: Attributes;
	readonly createdAt: number;
	readonly updatedAt: number;
}

/** `customerId` is not among the fields: attaching keeps a history and is a verb of its own. */
export type VehicleFields = Omit<Vehicle, 'id' | 'customerId' | 'createdAt' | 'updatedAt'>;

/** One stretch of time in which a vehicle belonged to a customer; `detachedAt` is null for the present one. */
export interface VehicleAttachment {
	readonly vehicleId: number;
	readonly customerId: number;
	readonly attachedAt: number;
	readonly detachedAt: number | null;
}
