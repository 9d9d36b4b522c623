import type { Attributes } from './attributes';
import { attributesObject, checkedText, text, wholeNumber } from './field-parsers';
import { sortFields, withAttributes } from './fields';
import type { FieldInput, FieldParsers } from './fields';
import { parsePlate } from './plate';
import { parseVin } from './vin';

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

/** The first car was patented in 1886. */
const FIRST_YEAR = 1886;
const LAST_YEAR = 2100;

export const VEHICLE_PARSERS: FieldParsers<VehicleFields> = {
	vin: checkedText(parseVin),
	plate: checkedText(parsePlate),
	externalId: text(100),
	name: text(200),
	make: text(100),
	model: text(100),
	year: wholeNumber(FIRST_YEAR, LAST_YEAR),
	attributes: attributesObject,
};

const REFUSED = {
	id: 'The store gives the id. An id of your own system goes into externalId.',
	customerId: 'Attach the vehicle to the customer, or detach it: the fleet keeps a history of both.',
};

/**
 * The fields that `input` names, checked and normalised; names that a vehicle does not have become attributes.
 * Empty text is null.
 * @throws InvalidFieldError
 */
export function parseVehicleFields(input: FieldInput): Partial<VehicleFields> {
	return withAttributes(sortFields(input, VEHICLE_PARSERS, REFUSED));
}

/** What a person calls the vehicle by: its plate, else VIN, external id, name, id. */
export function vehicleLabel({ plate, vin, externalId, name, id }: Vehicle): string {
	return plate ?? vin ?? externalId ?? name ?? String(id);
}
