import type { AttributeValue, Attributes } from '../../attributes';
import type { Geofence } from '../../geofence';
import type { Position } from '../../status';
import type { Rule } from '../rule';
import type { WatchedVehicle } from '../run-rules';
import type { TaskWatch } from '../watched-rules';

/** What is watched, and through which tasks. */
export interface ActiveSet {
	readonly rules: readonly Rule[];
	readonly taskWatches: readonly TaskWatch[];
	readonly geofences: readonly Geofence[];
}

/** One evaluated report of a vehicle, as it came; vehicle and rules as they were from it on to the next one. */
export interface TraceReport {
	readonly at: number;
	readonly attributes: Attributes;
	readonly position: Position | null;
	readonly vehicle: WatchedVehicle;
	readonly active: ActiveSet;
	/** Whether somebody acknowledges what is open right after this report. */
	readonly acknowledges: boolean;
}

/** A moment at which a rule is looked at: a report, or a ring of one of the rule's own timers. */
export interface Instant {
	readonly at: number;
	readonly isReport: boolean;
	/** Every report of the vehicle up to here, this one included. */
	readonly reports: readonly TraceReport[];
}

/** The newest report: that of the instant, or the last one before the ring. */
export function lastReport({ reports }: Instant): TraceReport {
	const last = reports.at(-1);
	if (last === undefined) throw new Error('a rule is first looked at when there is a report');
	return last;
}

export function lastPosition(reports: readonly TraceReport[]): Position | null {
	return reports.findLast(({ position }) => position !== null)?.position ?? null;
}

/** The newest value; latitude, longitude and heading are those of the last known position. */
export function valueOf(reports: readonly TraceReport[], name: string): AttributeValue | undefined {
	const ofPosition = ownValue({ ...lastPosition(reports) }, name);
	if (ofPosition !== undefined) return ofPosition;
	return ownValue(
		reports.findLast(({ attributes }) => Object.hasOwn(attributes, name))?.attributes ?? {},
		name,
	);
}

/** Whether the report itself says it. */
export function carries({ attributes, position }: TraceReport, name: string): boolean {
	return Object.hasOwn({ ...attributes, ...position }, name);
}

/** When the attribute was last carried; null for never. */
export function timeOf(reports: readonly TraceReport[], name: string): number | null {
	return reports.findLast((report) => carries(report, name))?.at ?? null;
}

/** As entered for the vehicle, else for its customer. */
export function recordOf({ vehicle }: TraceReport, name: string): AttributeValue | undefined {
	return ownValue(vehicle.attributes, name) ?? ownValue(vehicle.customerAttributes, name);
}

export function zoneOf(report: TraceReport): string {
	const zone = recordOf(report, 'timeZone');
	return typeof zone === 'string' ? zone : 'UTC';
}

function ownValue(values: Attributes, name: string): AttributeValue | undefined {
	return Object.hasOwn(values, name) ? values[name] : undefined;
}
