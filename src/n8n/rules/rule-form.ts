import type {
	AggregateFunction,
	ChangeOperator,
	ComparisonOperator,
	Weekday,
} from '../../domain/rules/pattern';
import type { ActionOccasion, ActionSpec, RuleScope } from '../../domain/rules/rule';

export type MatchMode = 'all' | 'any' | 'none';

/** What every kind of condition, and a group, can say beyond what it is about. Left out or 0: not said. */
interface Lasting {
	readonly forSeconds?: unknown;
	readonly times?: unknown;
	readonly withinSeconds?: unknown;
	readonly countReports?: boolean;
}

/** What something is compared with: a constant in `value`, unless `compareWith` says otherwise. */
interface Operand {
	readonly operator?: ComparisonOperator | ChangeOperator;
	readonly value?: unknown;
	readonly low?: unknown;
	readonly high?: unknown;
	readonly values?: unknown;
	readonly unit?: string;
	readonly compareWith?: 'value' | 'attribute' | 'record';
	/** Name, or the resource locator that holds it, of what `compareWith` names. */
	readonly other?: unknown;
	readonly otherDefault?: unknown;
	readonly factor?: unknown;
	readonly plus?: unknown;
}

interface Condition extends Lasting {
	readonly negate?: boolean;
}

/** One row of "Conditions", as the editor keeps it: only the fields that its operator shows count. */
export interface ConditionRow extends Condition, Operand {
	/** A name, or the resource locator that holds it. */
	readonly attribute?: unknown;
	/** Entered for the vehicle or its customer, not reported. */
	readonly entered?: boolean;
}

export interface GeofenceRow extends Condition {
	readonly where?: 'inside' | 'outside' | 'enters' | 'exits' | 'dwells';
	readonly by?: 'geofence' | 'tag';
	readonly geofence?: unknown;
	readonly tag?: unknown;
	readonly dwellSeconds?: unknown;
}

export interface AbsenceRow extends Condition {
	readonly attribute?: unknown;
	readonly silentSeconds?: unknown;
}

export interface WindowRow extends Condition, Operand {
	readonly aggregate?: AggregateFunction;
	readonly attribute?: unknown;
	readonly overSeconds?: unknown;
}

export interface ScheduleFields {
	readonly days?: readonly Weekday[] | string;
	readonly from?: string;
	readonly to?: string;
	readonly onDates?: unknown;
	readonly notOnDates?: unknown;
	readonly timeZone?: string;
}

export interface ScheduleRow extends Condition, ScheduleFields {}

/** A list of conditions: by kind, each in the order in which the editor shows them. */
export interface Conditions {
	readonly row?: readonly ConditionRow[];
	readonly geofence?: readonly GeofenceRow[];
	readonly silence?: readonly AbsenceRow[];
	readonly window?: readonly WindowRow[];
	readonly schedule?: readonly ScheduleRow[];
}

/** `PART_OF_CLEAR`, the name of another group, or empty for the rule itself. */
export const PART_OF_CLEAR = '#clear';

/**
 * Groups stand in one flat list and nest by name, so that any depth can be shown. One that `then` or an escalation
 * names counts there, and only there when it is part of nothing else.
 */
export interface ConditionGroup extends Lasting {
	readonly name?: string;
	readonly partOf?: string;
	readonly match?: MatchMode;
	readonly conditions?: Conditions;
	/** Name of the group that has to follow, or with `thenNot` must not. */
	readonly then?: string;
	readonly thenSeconds?: unknown;
	readonly thenNot?: boolean;
}

export interface EscalationRow {
	readonly severity?: string;
	readonly by?: 'time' | 'group';
	readonly afterSeconds?: unknown;
	readonly group?: string;
}

/** One row of "Actions", with the fields of its type. */
export interface ActionRow {
	readonly type?: ActionSpec['type'];
	readonly on?: ActionOccasion;
	readonly to?: string;
	readonly subject?: string;
	readonly text?: string;
	readonly message?: string;
	readonly title?: string;
	readonly description?: string;
	readonly completeOnClear?: boolean;
}

/** What a simple rule does without. Those left out are not said. */
export interface RuleOptions {
	readonly enabled?: boolean;
	readonly on?: 'edge' | 'every';
	readonly maxPerDay?: unknown;
	readonly clearAfterSeconds?: unknown;
	readonly remindEverySeconds?: unknown;
	readonly maxGapSeconds?: unknown;
	readonly timeZone?: string;
	readonly quietHours?: { readonly hours?: ScheduleFields };
	readonly clearMatch?: MatchMode;
	/** Pattern as JSON text or object; counts instead of match, conditions and groups. */
	readonly pattern?: unknown;
}

/** A rule as the node's parameters hold it, and nothing besides, so that a rule can be put back into a node. */
export interface RuleForm {
	readonly name?: string;
	readonly severity?: string;
	readonly watches?: RuleScope['vehicles'];
	/** Locators by id where a rule is to be made of them: names are looked up before. */
	readonly customer?: unknown;
	readonly vehicle?: unknown;
	readonly match?: MatchMode;
	readonly conditions?: Conditions;
	readonly groups?: { readonly group?: readonly ConditionGroup[] };
	readonly clear?: Conditions;
	readonly escalations?: { readonly step?: readonly EscalationRow[] };
	readonly cooldownSeconds?: unknown;
	readonly actions?: { readonly action?: readonly ActionRow[] };
	readonly options?: RuleOptions;
}
