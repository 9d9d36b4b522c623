import type { AttributeValue } from '../attributes';

export const COMPARISON_OPERATORS = [
	'eq',
	'ne',
	'lt',
	'lte',
	'gt',
	'gte',
	'between',
	'in',
	'contains',
	'matches',
	'withinDays',
	'exists',
	'missing',
] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/**
 * A value that is looked up when the rule is evaluated. `attribute`: what the vehicle reports under another name.
 * `record`: what was entered for the vehicle among its own attributes, else for its customer, else `default`. A number
 * is multiplied by `times`, then `plus` is added. Without a value the comparison is not met.
 */
export type Reference =
	| { readonly attribute: string; readonly times?: number; readonly plus?: number }
	| {
			readonly record: string;
			readonly default?: AttributeValue;
			readonly times?: number;
			readonly plus?: number;
	  };

/**
 * `value` by operator: `between` takes [low, high], both ends included; `in` a list; `matches` a regular expression
 * (RE2) that is found somewhere in a text; `withinDays` a number of days: met when the date or time in the attribute
 * (ISO 8601 text) is at most so many days ahead, or past; `exists` and `missing` none; every other operator one value.
 * An attribute that the vehicle has never reported meets `missing` only.
 */
export interface Comparison {
	readonly attribute: string;
	/** `record`: the attribute is not one that is reported, but one entered for the vehicle or its customer. */
	readonly of?: 'record';
	readonly operator: ComparisonOperator;
	readonly value?: AttributeValue | Reference | readonly AttributeValue[];
	/** The unit of the numbers in `value`, where it is not the attribute's own, e.g. `mph` for a speed in km/h. */
	readonly unit?: string;
}

export const CHANGE_OPERATORS = [
	'changed',
	'changedTo',
	'increasedBy',
	'decreasedBy',
	'crossesAbove',
	'crossesBelow',
	'risesPerMinute',
	'fallsPerMinute',
] as const;
export type ChangeOperator = (typeof CHANGE_OPERATORS)[number];

/**
 * Compares the attribute in this report with its value before. Met only at a report that carries the attribute, of
 * which an earlier value is known. `changed` takes no value; `increasedBy` and `decreasedBy`: by at least so much;
 * `crossesAbove`: was at most the value and is more; `crossesBelow`: was at least the value and is less;
 * `risesPerMinute`, `fallsPerMinute`: the difference by the minutes between the two values is at least so much.
 */
export interface Change {
	readonly attribute: string;
	readonly operator: ChangeOperator;
	readonly value?: AttributeValue | Reference;
	readonly unit?: string;
}

/**
 * The pattern has been met, without a break, for so long. Not being met at one report, or between two reports a
 * longer gap than the rule's `maxGapSeconds`, is a break.
 */
export interface Duration {
	readonly holds: Pattern;
	readonly forSeconds: number;
}

/**
 * Met so often within the window up to now. `episodes`: how often the pattern became met; `reports`: at how many
 * reports it was met.
 */
export interface Count {
	readonly count: Pattern;
	readonly of?: 'episodes' | 'reports';
	readonly times: number;
	readonly withinSeconds: number;
}

export const AGGREGATES = ['min', 'max', 'average', 'sum', 'change', 'distance'] as const;
export type AggregateFunction = (typeof AGGREGATES)[number];

/**
 * Compares what the reports of the window up to now, its far end excluded, amount to. `average`: of the reported
 * values, each counting the same; `change`: the newest less the oldest; `distance`: kilometres travelled along the
 * reported positions (no `attribute`). Not met without a value in the window; `change` and `distance` need two.
 */
export interface Aggregate {
	readonly aggregate: AggregateFunction;
	readonly attribute?: string;
	readonly withinSeconds: number;
	readonly operator: 'lt' | 'lte' | 'gt' | 'gte' | 'between';
	readonly value: number | Reference | readonly [number, number];
	readonly unit?: string;
}

/** No report for so long, or, with `attribute`, none that carries it; met by the clock. Never met before a first one. */
export interface Absence {
	readonly absent: { readonly attribute?: string; readonly forSeconds: number };
}

/** One geofence by its name, or all that carry a tag. */
export type GeofenceRef = { readonly geofence: string } | { readonly tag: string };

/**
 * `inside` and `outside` need a known position. Being inside ends only farther out than the geofence's hysteresis.
 * `enters` and `exits` are met at the one report at which a geofence was entered or left; `dwells`: inside, without a
 * break, for so long.
 */
export type GeofencePattern =
	| { readonly inside: GeofenceRef }
	| { readonly outside: GeofenceRef }
	| { readonly enters: GeofenceRef }
	| { readonly exits: GeofenceRef }
	| { readonly dwells: GeofenceRef & { readonly forSeconds: number } };

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * Local times. `from` (included) to `to` (excluded), HH:mm; over midnight when `from` is not before `to`, and then the
 * hours after midnight belong to the day before. What is left out does not restrict. Dates are yyyy-mm-dd.
 */
export interface Schedule {
	readonly days?: readonly Weekday[];
	readonly from?: string;
	readonly to?: string;
	readonly onDates?: readonly string[];
	/** Holidays. */
	readonly notOnDates?: readonly string[];
	/** IANA name; `vehicle`: what the vehicle, else its customer, has in its attribute `timeZone`, else UTC. Default UTC. */
	readonly timeZone?: string;
}

export interface SchedulePattern {
	readonly schedule: Schedule;
}

/**
 * `then`: met while the second is, when the first was met at an earlier moment no longer ago. `thenNot`: met from that
 * long after the first became met, when the second was not met meanwhile, until the second is met.
 */
export type Sequence =
	| { readonly first: Pattern; readonly then: Pattern; readonly withinSeconds: number }
	| { readonly first: Pattern; readonly thenNot: Pattern; readonly withinSeconds: number };

export type Pattern =
	| Comparison
	| Change
	| Duration
	| Count
	| Aggregate
	| Absence
	| GeofencePattern
	| SchedulePattern
	| Sequence
	| { readonly all: readonly Pattern[] }
	| { readonly any: readonly Pattern[] }
	| { readonly not: Pattern };

export function isChange(pattern: Comparison | Change): pattern is Change {
	return (CHANGE_OPERATORS as readonly string[]).includes(pattern.operator);
}

/** A pattern that one report decides, whatever came before it and whenever it is looked at. */
export type PlainPattern =
	| Comparison
	| { readonly inside: GeofenceRef }
	| { readonly all: readonly PlainPattern[] }
	| { readonly any: readonly PlainPattern[] }
	| { readonly not: PlainPattern };
