import { isChange } from '../../domain/rules/pattern';
import type {
	Aggregate,
	Change,
	Comparison,
	GeofencePattern,
	GeofenceRef,
	Pattern,
	Schedule,
} from '../../domain/rules/pattern';
import { entryOf, listEntryOf, textEntryOf } from './entered-values';
import type { ConditionRow, Conditions, GeofenceRow, ScheduleFields, WindowRow } from './rule-form';

/** What a locator holds of a name; the editor shows it in the list's place. */
export const locatorOf = (value: string | number, mode: string) => ({ __rl: true, mode, value });

type Kind = keyof Conditions;
export interface OneCondition {
	readonly kind: Kind;
	readonly row: object;
}

/** The condition that a pattern can be shown as; null for one that takes a group. */
export function rowFromPattern(pattern: Pattern): OneCondition | null {
	const { lasting, inner } = unwrapLasting(pattern);
	const isNegated = 'not' in inner;
	const leaf = leafRow(isNegated ? inner.not : inner);
	return (
		leaf && { kind: leaf.kind, row: { ...leaf.row, ...(isNegated ? { negate: true } : {}), ...lasting } }
	);
}

/** How long and how often, taken off in the order in which it was put on. */
export function unwrapLasting(pattern: Pattern): { lasting: object; inner: Pattern } {
	let inner = pattern;
	let lasting = {};
	if ('count' in inner) {
		const { times, withinSeconds, of } = inner;
		lasting = { times, withinSeconds, ...(of === 'reports' ? { countReports: true } : {}) };
		inner = inner.count;
	}
	if ('holds' in inner) {
		lasting = { ...lasting, forSeconds: inner.forSeconds };
		inner = inner.holds;
	}
	return { lasting, inner };
}

function leafRow(leaf: Pattern): OneCondition | null {
	if ('all' in leaf || 'any' in leaf || 'not' in leaf) return null;
	if ('holds' in leaf || 'count' in leaf || 'first' in leaf) return null;
	if ('aggregate' in leaf) return { kind: 'window', row: windowRow(leaf) };
	if ('absent' in leaf) {
		const { attribute, forSeconds } = leaf.absent;
		return {
			kind: 'silence',
			row: {
				...(attribute === undefined ? {} : { attribute: locatorOf(attribute, 'name') }),
				silentSeconds: forSeconds,
			},
		};
	}
	if ('schedule' in leaf) return { kind: 'schedule', row: scheduleFields(leaf.schedule) };
	if ('attribute' in leaf) return { kind: 'row', row: comparedRow(leaf) };
	return { kind: 'geofence', row: geofenceRow(leaf) };
}

function comparedRow(leaf: Comparison | Change): ConditionRow {
	return {
		attribute: locatorOf(leaf.attribute, 'name'),
		...(!isChange(leaf) && leaf.of === 'record' ? { entered: true } : {}),
		operator: leaf.operator,
		...operandFields(leaf),
	};
}

function operandFields({ operator, value, unit }: Comparison | Change | Aggregate): object {
	const more = unit === undefined ? {} : { unit };
	if (value === undefined) return more;
	if (Array.isArray(value)) {
		const list = value as readonly (string | number | boolean)[];
		if (operator !== 'between') return { values: listEntryOf(list), ...more };
		return { low: entryOf(list[0] ?? 0), high: entryOf(list[1] ?? 0), ...more };
	}
	if (typeof value === 'object' && !Array.isArray(value))
		return { ...referenceFields(value as never), ...more };
	const isText = operator === 'contains' || operator === 'matches';
	const entry = isText ? textEntryOf(String(value)) : entryOf(value as string | number | boolean);
	return { value: entry, ...more };
}

function referenceFields(reference: {
	readonly attribute?: string;
	readonly record?: string;
	readonly default?: string | number | boolean;
	readonly times?: number;
	readonly plus?: number;
}): object {
	const { attribute, record, times, plus } = reference;
	return {
		compareWith: attribute === undefined ? 'record' : 'attribute',
		other: attribute ?? record,
		...(reference.default === undefined ? {} : { otherDefault: entryOf(reference.default) }),
		...(times === undefined ? {} : { factor: times }),
		...(plus === undefined ? {} : { plus }),
	};
}

function windowRow(leaf: Aggregate): WindowRow {
	return {
		aggregate: leaf.aggregate,
		...(leaf.attribute === undefined ? {} : { attribute: locatorOf(leaf.attribute, 'name') }),
		overSeconds: leaf.withinSeconds,
		operator: leaf.operator,
		...operandFields(leaf),
	};
}

function geofenceRow(leaf: GeofencePattern): GeofenceRow {
	if ('inside' in leaf) return { where: 'inside', ...fenceFields(leaf.inside) };
	if ('outside' in leaf) return { where: 'outside', ...fenceFields(leaf.outside) };
	if ('enters' in leaf) return { where: 'enters', ...fenceFields(leaf.enters) };
	if ('exits' in leaf) return { where: 'exits', ...fenceFields(leaf.exits) };
	return { where: 'dwells', ...fenceFields(leaf.dwells), dwellSeconds: leaf.dwells.forSeconds };
}

function fenceFields(ref: GeofenceRef): GeofenceRow {
	return 'tag' in ref
		? { by: 'tag', tag: ref.tag }
		: { by: 'geofence', geofence: locatorOf(ref.geofence, 'name') };
}

export function scheduleFields({ onDates, notOnDates, ...rest }: Schedule): ScheduleFields {
	return {
		...rest,
		...(onDates === undefined ? {} : { onDates: onDates.join(', ') }),
		...(notOnDates === undefined ? {} : { notOnDates: notOnDates.join(', ') }),
	};
}
