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
	'exists',
	'missing',
] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/**
 * `value` by operator: `between` takes [low, high], both ends included; `in` a list; `exists` and `missing` none;
 * every other operator one value. An attribute that the vehicle has never reported meets `missing` only.
 */
export interface Comparison {
	readonly attribute: string;
	readonly operator: ComparisonOperator;
	readonly value?: AttributeValue | readonly AttributeValue[];
}

export type Pattern =
	| Comparison
	| { readonly all: readonly Pattern[] }
	| { readonly any: readonly Pattern[] }
	| { readonly not: Pattern };

/** Which vehicles a rule watches. `tasks`: those of the open tasks that it is attached to. */
export type RuleScope =
	| { readonly vehicles: 'all' }
	| { readonly vehicles: 'customer'; readonly customerId: number }
	| { readonly vehicles: 'vehicle'; readonly vehicleId: number }
	| { readonly vehicles: 'tasks' };

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `edge`: once when the pattern becomes true for a vehicle, and again only after it was false. */
export interface FiringPolicy {
	readonly on: 'edge';
	/** Seconds of `reportedAt` after a firing during which the same rule stays quiet for the same vehicle. */
	readonly cooldownSeconds: number;
}

/** Texts are mustache templates over the names in `TEMPLATE_FIELDS`. */
export type ActionSpec =
	| { readonly type: 'sendEmail'; readonly to: string; readonly subject: string; readonly text: string }
	| { readonly type: 'storeLog'; readonly message: string }
	| { readonly type: 'createTask'; readonly title: string; readonly description?: string };

export interface RuleFields {
	readonly name: string;
	readonly severity: Severity;
	readonly enabled: boolean;
	readonly scope: RuleScope;
	readonly pattern: Pattern;
	readonly fire: FiringPolicy;
	readonly actions: readonly ActionSpec[];
}

export interface Rule extends RuleFields {
	readonly id: number;
	/** 1 for a new rule; each change of its fields adds 1. */
	readonly version: number;
	readonly createdAt: number;
	readonly updatedAt: number;
}
