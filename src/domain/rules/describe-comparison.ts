import { describeChoice, describeValue } from './describe-value';
import { countOf } from './describe-duration';
import type { Aggregate, Change, Comparison } from './pattern';

/** `isNot`: says the opposite, that it is not met. */
export function describeComparison(comparison: Comparison, isNot: boolean): string {
	const { operator, value, unit } = comparison;
	const name = comparison.of === 'record' ? `the recorded ${comparison.attribute}` : comparison.attribute;
	switch (operator) {
		case 'exists':
		case 'missing': {
			const isThere = (operator === 'exists') !== isNot;
			if (comparison.of === 'record') return `${name} is ${isThere ? 'there' : 'missing'}`;
			return `${name} has ${isThere ? 'been' : 'never been'} reported`;
		}
		case 'eq':
			return `${name} is ${isNot ? 'not ' : ''}${describeValue(value, unit)}`;
		case 'ne':
			return isNot
				? `${name} is no other than ${describeValue(value, unit)}`
				: `${name} is not ${describeValue(value, unit)}`;
		case 'in': {
			const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
			return `${name} is ${isNot ? 'not ' : ''}${values.length === 1 ? '' : 'one of '}${describeChoice(values, unit)}`;
		}
		case 'contains':
			return `${name} ${isNot ? 'does not contain' : 'contains'} ${describeValue(value)}`;
		case 'matches':
			return `${name} ${isNot ? 'does not match' : 'matches'} ${describeValue(value)}`;
		case 'withinDays':
			return `${name} ${describeDue(value, isNot)}`;
		default:
			return `${name} is ${isNot ? 'not ' : ''}${ORDER[operator]} ${describeValue(value, unit)}`;
	}
}

const ORDER: Readonly<Record<'lt' | 'lte' | 'gt' | 'gte' | 'between', string>> = {
	lt: 'less than',
	lte: 'at most',
	gt: 'greater than',
	gte: 'at least',
	between: 'between',
};

function describeDue(value: Comparison['value'], isNot: boolean): string {
	const is = isNot ? 'is not' : 'is';
	if (typeof value !== 'number') return `${is} past or within ${describeValue(value)} days`;
	if (value === 0) return `${is} past`;
	return value > 0
		? `${is} past or within ${countOf(value, 'day')}`
		: `${is} past by at least ${countOf(-value, 'day')}`;
}

const CHANGES = {
	changed: ['changes', 'change', ''],
	changedTo: ['changes to', 'change to', ''],
	increasedBy: ['increases by at least', 'increase by at least', ''],
	decreasedBy: ['decreases by at least', 'decrease by at least', ''],
	crossesAbove: ['rises above', 'rise above', ''],
	crossesBelow: ['falls below', 'fall below', ''],
	risesPerMinute: ['rises by at least', 'rise by at least', ' a minute'],
	fallsPerMinute: ['falls by at least', 'fall by at least', ' a minute'],
} as const satisfies Readonly<Record<Change['operator'], readonly [string, string, string]>>;

export function describeChange({ attribute, operator, value, unit }: Change, isNot: boolean): string {
	const [does, infinitive, rate] = CHANGES[operator];
	const to = value === undefined ? '' : ` ${describeValue(value, unit)}`;
	return `${attribute} ${isNot ? `does not ${infinitive}` : does}${to}${rate}`;
}

const AMOUNTS: Readonly<Record<Aggregate['aggregate'], string>> = {
	min: 'the lowest',
	max: 'the highest',
	average: 'the average',
	sum: 'the sum of',
	change: 'the change of',
	distance: 'the distance travelled',
};

/** `within`: the window, in words. */
export function describeAggregate(aggregate: Aggregate, within: string, isNot: boolean): string {
	const { attribute, operator, value, unit } = aggregate;
	const amount = `${AMOUNTS[aggregate.aggregate]}${attribute === undefined ? '' : ` ${attribute}`}`;
	const measured = unit ?? (aggregate.aggregate === 'distance' ? 'km' : undefined);
	return `${amount} within ${within} is ${isNot ? 'not ' : ''}${ORDER[operator]} ${describeValue(value, measured)}`;
}
