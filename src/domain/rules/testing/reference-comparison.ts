import type { AttributeValue } from '../../attributes';
import type { Aggregate, Change, Comparison, Reference } from '../pattern';
import { carries, lastReport, recordOf, timeOf, valueOf, type Instant } from './reference-facts';

type Given = Comparison['value'] | Aggregate['value'];

/** In the canonical unit: less `zero`, times `times`, by `per`. */
const UNITS: Readonly<Record<string, { times: number; per: number; zero: number }>> = {
	mph: { times: 1.609344, per: 1, zero: 0 },
	m: { times: 1, per: 1000, zero: 0 },
	'°F': { times: 5, per: 9, zero: 32 },
};

export function meetsComparison(comparison: Comparison, instant: Instant): boolean {
	const { attribute, operator } = comparison;
	const actual =
		comparison.of === 'record'
			? recordOf(lastReport(instant), attribute)
			: valueOf(instant.reports, attribute);
	if (operator === 'missing') return actual === undefined;
	if (actual === undefined) return false;
	if (operator === 'exists') return true;
	if (operator === 'in') return (comparison.value as readonly unknown[]).includes(actual);
	if (operator === 'between') return isWithin(actual, comparison.value, instant, comparison.unit);
	const wanted = resolve(comparison.value, instant, comparison.unit);
	if (wanted === undefined) return false;
	switch (operator) {
		case 'eq':
			return actual === wanted;
		case 'ne':
			return typeof actual === typeof wanted && actual !== wanted;
		case 'contains':
			return (
				typeof actual === 'string' &&
				typeof wanted === 'string' &&
				actual.toLowerCase().includes(wanted.toLowerCase())
			);
		case 'matches':
			return typeof actual === 'string' && new RegExp(String(wanted)).test(actual);
		case 'withinDays': {
			const isDate = typeof actual === 'string' && /^\d{4}-\d{2}-\d{2}/.test(actual);
			const date = isDate ? Date.parse(actual) : NaN;
			return typeof wanted === 'number' && date - instant.at <= wanted * 86_400_000;
		}
		default:
			return compareNumbers(operator, actual, wanted);
	}
}

/** Of `lt`, `lte`, `gt`, `gte`. */
export function compareNumbers(operator: string, actual: unknown, wanted: unknown): boolean {
	if (typeof actual !== 'number' || typeof wanted !== 'number') return false;
	if (operator === 'lt') return actual < wanted;
	if (operator === 'lte') return actual <= wanted;
	if (operator === 'gt') return actual > wanted;
	return actual >= wanted;
}

export function isWithin(actual: unknown, range: Given, instant: Instant, unit?: string): boolean {
	const [low, high] = range as readonly [number, number];
	return (
		compareNumbers('gte', actual, resolve(low, instant, unit)) &&
		compareNumbers('lte', actual, resolve(high, instant, unit))
	);
}

/** The value that a reference stands for, in the canonical unit; undefined when there is none. */
export function resolve(
	given: Given,
	instant: Instant,
	unit?: string,
	isDifference = false,
): AttributeValue | undefined {
	const value = typeof given === 'object' ? lookUp(given as Reference, instant) : given;
	if (typeof value !== 'number' || unit === undefined) return value;
	const { times, per, zero } = UNITS[unit] ?? { times: NaN, per: 1, zero: 0 };
	return ((value - (isDifference ? 0 : zero)) * times) / per;
}

function lookUp(reference: Reference, instant: Instant): AttributeValue | undefined {
	const { times, plus } = reference;
	const value =
		'record' in reference
			? (recordOf(lastReport(instant), reference.record) ?? reference.default)
			: valueOf(instant.reports, reference.attribute);
	if (times === undefined && plus === undefined) return value;
	return typeof value === 'number' ? value * (times ?? 1) + (plus ?? 0) : undefined;
}

export function meetsChange({ attribute, operator, value, unit }: Change, instant: Instant): boolean {
	if (!instant.isReport || !carries(lastReport(instant), attribute)) return false;
	const before = instant.reports.slice(0, -1);
	const previous = valueOf(before, attribute);
	const current = valueOf(instant.reports, attribute);
	if (previous === undefined || current === undefined) return false;
	if (operator === 'changed') return current !== previous;
	const isDifference = !['changedTo', 'crossesAbove', 'crossesBelow'].includes(operator);
	const wanted = resolve(value, instant, unit, isDifference);
	if (operator === 'changedTo') return wanted !== undefined && current === wanted && previous !== wanted;
	if (typeof previous !== 'number' || typeof current !== 'number' || typeof wanted !== 'number') return false;
	const minutes = (instant.at - (timeOf(before, attribute) ?? instant.at)) / 60_000;
	switch (operator) {
		case 'increasedBy':
			return current - previous >= wanted;
		case 'decreasedBy':
			return previous - current >= wanted;
		case 'crossesAbove':
			return previous <= wanted && current > wanted;
		case 'crossesBelow':
			return previous >= wanted && current < wanted;
		case 'risesPerMinute':
			return minutes > 0 && (current - previous) / minutes >= wanted;
		case 'fallsPerMinute':
			return minutes > 0 && (previous - current) / minutes >= wanted;
	}
}
