import type { Attributes, AttributeValue } from '../attributes';
import type { Position, StatusMessage, VehicleStatus } from '../status';

/** A vehicle at one moment, as patterns ask about it. */
export interface Facts {
	readonly vehicleId: number;
	readonly customerId: number | null;
	/** Every reported attribute at its newest value. */
	readonly attributes: Attributes;
	/** The last known one. */
	readonly position: Position | null;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** As they were entered for the vehicle, and for its customer. */
	readonly vehicleAttributes: Attributes;
	readonly customerAttributes: Attributes;
}

/** What a known position adds to the attributes; it goes before a reported attribute of the same name. */
export const POSITION_ATTRIBUTES = ['latitude', 'longitude', 'heading'] as const;

/** The value of a reported attribute, undefined when there is none. */
export function attributeOf(
	{ attributes, position }: Pick<Facts, 'attributes' | 'position'>,
	name: string,
): AttributeValue | undefined {
	const fromPosition = position === null ? undefined : positionValue(position, name);
	return fromPosition ?? ownValue(attributes, name);
}

/** What a report itself carries: its attributes, and its position's values when it has one. */
export function carriedBy({
	attributes,
	position,
}: Pick<StatusMessage, 'attributes' | 'position'>): Attributes {
	return position === null ? attributes : { ...attributes, ...position };
}

/** When the value that the status has of an attribute was reported, in milliseconds. */
export function valueTimeOf(
	{ valueTimes, reportedAt }: Pick<VehicleStatus, 'valueTimes' | 'reportedAt'>,
	name: string,
): number {
	return valueTimes !== undefined && Object.hasOwn(valueTimes, name)
		? (valueTimes[name] ?? reportedAt)
		: reportedAt;
}

/** What was entered under the name for the vehicle, else for its customer. */
export function recordOf(
	{ vehicleAttributes, customerAttributes }: Pick<Facts, 'vehicleAttributes' | 'customerAttributes'>,
	name: string,
): AttributeValue | undefined {
	return ownValue(vehicleAttributes, name) ?? ownValue(customerAttributes, name);
}

function positionValue(position: Position, name: string): number | undefined {
	switch (name) {
		case 'latitude':
			return position.latitude;
		case 'longitude':
			return position.longitude;
		case 'heading':
			return position.heading;
		default:
			return undefined;
	}
}

/** Attributes come from messages, their names from rules: an inherited `constructor`, a function, is no value. */
export function ownValue(attributes: Attributes, name: string): AttributeValue | undefined {
	const value: unknown = attributes[name];
	return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
		? value
		: undefined;
}
