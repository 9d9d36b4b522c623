import type { Attributes } from '../attributes';
import type { GeofenceFields } from '../geofence';
import type { Severity } from '../rules/rule';
import type { StatusMessage } from '../status';

/** A vehicle of a trace, with what was entered for it and its customer. */
export interface TraceVehicle {
	/** As its reports name it. */
	readonly key: string;
	readonly attributes: Attributes;
	readonly customer: { readonly key: string; readonly attributes: Attributes } | null;
}

/** A firing that a rule has, or ought to have, in a trace. Times are milliseconds. */
export interface TraceFiring {
	readonly rule: string;
	readonly vehicle: string;
	readonly openedAt: number;
	/** Null for one that is still open at the end. */
	readonly clearedAt: number | null;
	/** The highest that it rose to. */
	readonly severity: Severity;
}

/** What is left out is not compared. */
export interface ExpectedFiring {
	/** Null: of the one rule that is tested. */
	readonly rule: string | null;
	readonly vehicle: string;
	readonly openedAt: number;
	readonly clearedAt?: number | null;
	readonly severity?: Severity;
}

/** What vehicles reported in some stretch of time, and which firings should come of it. */
export interface Trace {
	readonly vehicles: readonly TraceVehicle[];
	readonly geofences: readonly GeofenceFields[];
	/** In the order in which they arrive. */
	readonly reports: readonly StatusMessage[];
	/** The clock at the end: no timer rings later. */
	readonly until: number;
	readonly expect: readonly ExpectedFiring[];
}
