import type { Attributes } from '../../attributes';
import type { FenceSet } from '../../geofences/fence-set';
import type { Position, VehicleStatus } from '../../status';
import { recordOf } from '../facts';
import type { Facts } from '../facts';
import type { WatchedVehicle } from '../run-rules';

const NOTHING: Attributes = Object.freeze({});
const NOWHERE: readonly number[] = Object.freeze([]);

/** Where and when a moment is. */
export interface MomentFacts {
	readonly vehicle: WatchedVehicle;
	readonly fences: FenceSet;
	readonly at: number;
	/** As the newest report left the vehicle; null when it has never reported. */
	readonly status: VehicleStatus | null;
	/** Of a report: what it carries itself; null when a timer rings. */
	readonly carried: Attributes | null;
	/** Of a report: the vehicle before it, null when it is the first. */
	readonly before: VehicleStatus | null;
}

/**
 * One moment in a vehicle's life: a report, or the ring of a timer. It also holds what one rule remembers while its
 * parts are asked, one rule after the other, each writing into its own.
 */
export class Moment implements Facts {
	readonly vehicleId: number;
	readonly customerId: number | null;
	readonly vehicleAttributes: Attributes;
	readonly customerAttributes: Attributes;
	readonly at: number;
	readonly attributes: Attributes;
	readonly position: Position | null;
	readonly carried: Attributes | null;
	readonly before: VehicleStatus | null;
	readonly fences: FenceSet;
	/** Of the newest report; null when there is none. */
	readonly reportedAt: number | null;
	readonly status: VehicleStatus | null;
	/** Since the report before this one, or, when a timer rings, since the newest report. */
	readonly gapMs: number;
	/** Whether the part that is asked has never been asked before. */
	isFirst = false;
	memory: unknown[] = [];
	/** Whether something has been written since `load`. */
	hasNewMemory = false;
	/** Lists of samples to which the moment has been added already, by what they are of. */
	samples: Map<string, number[][]> | null = null;
	private within: readonly number[] | null = null;

	constructor({ vehicle, fences, at, status, carried, before }: MomentFacts) {
		this.vehicleId = vehicle.id;
		this.customerId = vehicle.customerId;
		this.vehicleAttributes = vehicle.attributes;
		this.customerAttributes = vehicle.customerAttributes;
		this.at = at;
		this.status = status;
		this.attributes = status === null ? NOTHING : status.attributes;
		this.position = status === null ? null : status.position;
		this.reportedAt = status === null ? null : status.reportedAt;
		this.carried = carried;
		this.before = before;
		this.fences = fences;
		const last = carried === null ? this.reportedAt : before === null ? null : before.reportedAt;
		this.gapMs = last === null ? 0 : at - last;
	}

	/** What the vehicle, else its customer, names as its time zone. */
	get zone(): string | null {
		const zone = recordOf(this, 'timeZone');
		return typeof zone === 'string' ? zone : null;
	}

	/** Ids of the geofences in whose shapes the last known position lies. */
	get insideOf(): readonly number[] {
		const { position } = this;
		if (position === null) return NOWHERE;
		return (this.within ??= this.fences.insideOf(position.longitude, position.latitude));
	}

	/** Begins with another rule, or with the same one anew; `memory` is written to. */
	load(memory: unknown[]): void {
		this.memory = memory;
		this.hasNewMemory = false;
	}

	write(slot: number, value: unknown): void {
		if (this.memory[slot] === value) return;
		this.memory[slot] = value;
		this.hasNewMemory = true;
	}
}

/** One part's place in what its rule remembers. `T` is plain JSON; null is nothing. */
export class Slot<T> {
	constructor(readonly place: number) {}

	read(moment: Moment): T | null {
		// What another rule, or an earlier shape of this one, left behind never gets here: see `memoryOf`.
		return moment.memory[this.place] as T | null;
	}

	write(moment: Moment, value: T | null): void {
		moment.write(this.place, value);
	}
}
