/** The feed of the embedded bus that carries the events. */
export const FLEET_EVENTS_FEED = 'fleet.events';

export const FLEET_EVENT_TYPES = [
	'ruleFired',
	'ruleEscalated',
	'ruleCleared',
	'taskCreated',
	'taskCompleted',
	'taskCanceled',
	'taskUpdated',
	'taskDeleted',
	'vehicleCreated',
	'vehicleUpdated',
	'vehicleDeleted',
	'vehicleAttached',
	'vehicleDetached',
	'importEnded',
] as const;
export type FleetEventType = (typeof FLEET_EVENT_TYPES)[number];

/** Something that happened to a record, written in the transaction that made it happen. */
export interface FleetEvent {
	readonly type: FleetEventType;
	readonly at: number;
	/** Id of the firing, task, vehicle or import. */
	readonly recordId: number;
	/** The record as it was right after; for a deleted one, right before. */
	readonly record: Readonly<Record<string, unknown>>;
}
