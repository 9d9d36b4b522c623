import type { AttributeSlots } from './attribute-slots';
import { conditionTest } from './condition';
import type { Condition, Test } from './condition';
import { intersect, rangeOf } from './number-range';
import type { Comparison, Pattern } from './pattern';

/** Makes a pattern ready for indexing; gives its attributes and constants their numbers in `slots`. */
export function compilePattern(pattern: Pattern, slots: AttributeSlots): Condition {
	return compile(pattern, false, slots);
}

function compile(pattern: Pattern, isNegated: boolean, slots: AttributeSlots): Condition {
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
	return isNegated ? compileNegated(pattern, slots) : compileComparison(pattern, slots);
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

function compileNegated(comparison: Comparison, slots: AttributeSlots): Condition {
	if (comparison.operator === 'exists') {
		return compileComparison({ ...comparison, operator: 'missing' }, slots);
	}
	if (comparison.operator === 'missing') {
		return compileComparison({ ...comparison, operator: 'exists' }, slots);
	}
	const isMet = conditionTest(compileComparison(comparison, slots), slots);
	return { kind: 'free', test: () => !isMet() };
}

function compileComparison(comparison: Comparison, slots: AttributeSlots): Condition {
	const { attribute, operator, value } = comparison;
	const slot = slots.slotOf(attribute);
	const { values } = slots;
	switch (operator) {
		case 'eq':
		case 'in': {
			const constants = operator === 'in' && Array.isArray(value) ? (value as readonly unknown[]) : [value];
			return { kind: 'oneOf', slot, constantIds: constants.map((one) => slots.constantIdOf(slot, one)) };
		}
		case 'ne':
			return present(slot, () => typeof values[slot] === typeof value && values[slot] !== value);
		case 'contains': {
			const part = String(value).toLowerCase();
			return present(slot, () => {
				const text = values[slot];
				return typeof text === 'string' && text.toLowerCase().includes(part);
			});
		}
		case 'exists':
			return present(slot, null);
		case 'missing':
			return { kind: 'free', test: () => values[slot] === undefined };
		default: {
			const range = rangeOf(comparison);
			return range === null ? { kind: 'any', parts: [] } : { kind: 'range', slot, ...range };
		}
	}
}

function present(slot: number, test: Test | null): Condition {
	return { kind: 'present', slot, test };
}
