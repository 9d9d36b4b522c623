import { DateTime } from 'luxon';
import { RE2JS, RE2JSException } from 're2js';
import type { AttributeValue } from '../attributes';
import { attributeOf, recordOf } from './facts';
import type { Facts } from './facts';
import { rangeOf } from './number-range';
import { inCanonicalUnit, isList, isReference, operandOf } from './operand';
import type { Operand } from './operand';
import type { Comparison } from './pattern';

/** Whether a value, undefined where there is none, meets a comparison at a moment. */
export type ValueTest = (actual: AttributeValue | undefined, facts: Facts) => boolean;

const DAY_MS = 86_400_000;
const never: ValueTest = () => false;

/** Whether the facts meet the comparison. */
export function comparisonTest(comparison: Comparison): (facts: Facts) => boolean {
	const test = valueTest(comparison);
	const { attribute } = comparison;
	return comparison.of === 'record'
		? (facts) => test(recordOf(facts, attribute), facts)
		: (facts) => test(attributeOf(facts, attribute), facts);
}

/**
 * What a comparison asks of the value that it looks at. What makes no sense (a list where one value belongs, a broken
 * regular expression) is met by nothing: rules are checked when they are saved, and one that got past stops no other.
 */
export function valueTest(written: Comparison): ValueTest {
	const { operator, value, unit } = inCanonicalUnit(written);
	switch (operator) {
		case 'exists':
			return (actual) => actual !== undefined;
		case 'missing':
			return (actual) => actual === undefined;
		case 'in':
			return isList(value) ? (actual) => actual !== undefined && value.includes(actual) : never;
		case 'between': {
			const range = rangeOf({ operator, value });
			if (range === null) return never;
			return (actual) => typeof actual === 'number' && actual >= range.low && actual <= range.high;
		}
		case 'matches':
			return typeof value === 'string' ? expressionTest(value) : never;
		default:
	}
	if (value === undefined || isList(value)) return never;
	if (operator === 'withinDays') return withinDaysTest(operandOf(value));
	const meets = PAIR_TESTS[operator];
	if (!isReference(value)) return (actual) => actual !== undefined && meets(actual, value);
	const operand = operandOf(value, unit);
	return (actual, facts) => {
		const against = actual === undefined ? undefined : operand(facts);
		return actual !== undefined && against !== undefined && meets(actual, against);
	};
}

type PairTest = (actual: AttributeValue, against: AttributeValue) => boolean;

const ofNumbers =
	(meets: (actual: number, against: number) => boolean): PairTest =>
	(actual, against) =>
		typeof actual === 'number' && typeof against === 'number' && meets(actual, against);

const PAIR_TESTS = {
	eq: (actual, against) => actual === against,
	ne: (actual, against) => typeof actual === typeof against && actual !== against,
	lt: ofNumbers((actual, against) => actual < against),
	lte: ofNumbers((actual, against) => actual <= against),
	gt: ofNumbers((actual, against) => actual > against),
	gte: ofNumbers((actual, against) => actual >= against),
	contains: (actual, against) =>
		typeof actual === 'string' &&
		typeof against === 'string' &&
		actual.toLowerCase().includes(against.toLowerCase()),
} as const satisfies Readonly<Record<string, PairTest>>;

/** Runs in time linear in the text, whatever the expression. */
function expressionTest(source: string): ValueTest {
	try {
		const expression = RE2JS.compile(source);
		return (actual) => typeof actual === 'string' && expression.test(actual);
	} catch (error) {
		if (error instanceof RE2JSException) return never;
		throw error;
	}
}

function withinDaysTest(days: Operand): ValueTest {
	let lastText = '';
	let lastTime = NaN;
	return (actual, facts) => {
		const limit = typeof actual === 'string' ? days(facts) : undefined;
		if (typeof actual !== 'string' || typeof limit !== 'number') return false;
		if (actual !== lastText) {
			lastText = actual;
			lastTime = DateTime.fromISO(actual.trim(), { zone: 'utc' }).toMillis();
		}
		// NaN, for a text that is no date, is within nothing.
		return lastTime - facts.at <= limit * DAY_MS;
	};
}
