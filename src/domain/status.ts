import type { Attributes } from './attributes';

/** WGS 84, degrees. */
export interface Position {
	readonly latitude: number;
	readonly longitude: number;
	/** Degrees clockwise from north, 0 to 360. */
	readonly heading?: number;
}

/** One report of one vehicle, checked and in canonical units. */
export interface StatusMessage {
	/** Identifies the message for ever: from the message, else the hash of its content. */
	readonly messageId: string;
	/** VIN, plate or external id. */
	readonly vehicleKey: string;
	readonly reportedAt: number;
	/** Orders reports with the same `reportedAt`; 0 where the sender has none. */
	readonly sequence: number;
	readonly position: Position | null;
	readonly attributes: Attributes;
}

/** A vehicle's newest report, with every attribute it ever reported at its newest value. */
export interface VehicleStatus {
	readonly vehicleId: number;
	readonly messageId: string;
	readonly reportedAt: number;
	readonly sequence: number;
	readonly receivedAt: number;
	readonly position: Position | null;
	readonly attributes: Attributes;
	/** When a value was reported, of the attributes whose value is older than `reportedAt`. */
	readonly valueTimes?: Readonly<Record<string, number>>;
}

/** One row of the history: the report as it came, newer or older than what was known. */
export interface StatusReport extends VehicleStatus {
	readonly feed: string;
	/** It came too late for the rules, and for the current status. */
	readonly isLate: boolean;
}
