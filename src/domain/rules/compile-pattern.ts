import { valueTest } from './comparison-test';
import { conditionTest } from './condition';
import type { Condition } from './condition';
import type { FactSlots } from './fact-slots';
import { intersect, rangeOf } from './number-range';
import { inCanonicalUnit, isList, isReference } from './operand';
import type { Comparison, PlainPattern } from './pattern';

/** Makes a pattern ready for indexing; gives what it asks about, and its constants, their numbers in `slots`. */
export function compilePattern(pattern: PlainPattern, slots: FactSlots): Condition {
	return compile(pattern, false, slots);
}

function compile(pattern: PlainPattern, isNegated: boolean, slots: FactSlots): Condition {
	if ('not' in pattern) return compile(pattern.not, !isNegated, slots);
	if ('all' in pattern || 'any' in pattern) {
		const parts = 'all' in pattern ? pattern.all : pattern.any;
		// De Morgan: not all of them is any of their negations.
		const kind = 'all' in pattern !== isNegated ? 'all' : 'any';
		return join(
			kind,
			parts.map((part) => compile(part, isNegated, slots)),
		);
	}
	const condition =
		'inside' in pattern
			? ({ kind: 'present', slot: slots.inside(pattern.inside).slot, test: null } as const)
			: compileComparison(pattern, slots);
	return isNegated ? negated(condition, slots) : condition;
}

function join(kind: 'all' | 'any', parts: readonly Condition[]): Condition {
	const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
	const joined = kind === 'all' ? mergeRanges(flat) : flat;
	const [only] = joined;
	return only !== undefined && joined.length === 1 ? only : { kind, parts: joined };
}

/** Two bounds on one attribute make one, narrower range. */
function mergeRanges(parts: readonly Condition[]): Condition[] {
	const merged: Condition[] = [];
	const placeOfSlot = new Map<number, number>();
	for (const part of parts) {
		const place = part.kind === 'range' ? placeOfSlot.get(part.slot) : undefined;
		const earlier = place === undefined ? undefined : merged[place];
		if (part.kind === 'range' && earlier?.kind === 'range' && place !== undefined) {
			merged[place] = { kind: 'range', slot: part.slot, ...intersect(earlier, part) };
		} else {
			if (part.kind === 'range') placeOfSlot.set(part.slot, merged.length);
			merged.push(part);
		}
	}
	return merged;
}

function negated(condition: Condition, slots: FactSlots): Condition {
	if (condition.kind === 'missing') return { kind: 'present', slot: condition.slot, test: null };
	if (condition.kind === 'present' && condition.test === null)
		return { kind: 'missing', slot: condition.slot };
	const isMet = conditionTest(condition, slots);
	return { kind: 'free', test: () => !isMet() };
}

function compileComparison(written: Comparison, slots: FactSlots): Condition {
	const comparison = inCanonicalUnit(written);
	const { attribute, of, operator, value } = comparison;
	const column = of === 'record' ? slots.record(attribute) : slots.attribute(attribute);
	const { slot } = column;
	if (operator === 'missing') return { kind: 'missing', slot };
	if (operator === 'exists') return { kind: 'present', slot, test: null };
	const constants = operator === 'in' && isList(value) ? value : operator === 'eq' ? [value] : null;
	if (constants?.every(isConstant) === true) {
		return { kind: 'oneOf', slot, constantIds: constants.map((one) => column.addConstant(one)) };
	}
	const range = rangeOf(comparison);
	if (range !== null) {
		column.addRange(range);
		return { kind: 'range', slot, ...range };
	}
	const test = valueTest(comparison);
	column.isValueKept = true;
	return {
		kind: 'present',
		slot,
		test: () => slots.facts !== null && test(slots.values[slot], slots.facts),
	};
}

function isConstant(value: Comparison['value']): boolean {
	return value !== undefined && !isReference(value) && !isList(value);
}
