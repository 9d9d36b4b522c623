import type { AttributeValue } from '../attributes';
import { differenceToCanonical, toCanonical } from '../units';
import { attributeOf, recordOf } from './facts';
import type { Facts } from './facts';
import type { Comparison, Reference } from './pattern';

/** What a value is compared with at a moment; undefined when there is nothing to compare with. */
export type Operand = (facts: Facts) => AttributeValue | undefined;

/**
 * Makes a constant or a reference ready to be looked up. Numbers are converted from `unit` to the canonical one, after
 * `times` and `plus`; as a difference (so many degrees more) when `isDifference`.
 */
export function operandOf(
	value: AttributeValue | Reference,
	unit?: string,
	{ isDifference = false } = {},
): Operand {
	const convert = unitConverter(unit, isDifference);
	if (typeof value !== 'object') {
		const constant = convert(value);
		return () => constant;
	}
	const lookUp = referenceLookup(value);
	const { times, plus } = value;
	const isCalculated = times !== undefined || plus !== undefined;
	return (facts) => {
		const found = lookUp(facts);
		if (typeof found === 'number') return convert(found * (times ?? 1) + (plus ?? 0));
		return isCalculated || found === undefined ? undefined : found;
	};
}

/** The comparison with the numbers of its constants in canonical units; one with a reference stays as it is. */
export function inCanonicalUnit(comparison: Comparison): Comparison {
	const { value, unit, ...rest } = comparison;
	if (unit === undefined || value === undefined || isReference(value)) return comparison;
	const convert = unitConverter(unit, false);
	return { ...rest, value: isList(value) ? value.map(convert) : convert(value) };
}

export function isReference(value: Comparison['value']): value is Reference {
	return typeof value === 'object' && !isList(value);
}

export function isList(value: Comparison['value']): value is readonly AttributeValue[] {
	return Array.isArray(value);
}

function referenceLookup(reference: Reference): Operand {
	if ('attribute' in reference) return (facts) => attributeOf(facts, reference.attribute);
	return (facts) => recordOf(facts, reference.record) ?? reference.default;
}

function unitConverter(
	unit: string | undefined,
	isDifference: boolean,
): (value: AttributeValue) => AttributeValue {
	if (unit === undefined) return (value) => value;
	const convert = isDifference ? differenceToCanonical : toCanonical;
	return (value) => (typeof value === 'number' ? convert(value, unit) : value);
}
