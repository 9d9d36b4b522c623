import { NO_RANK } from './fact-column';
import type { FactSlots } from './fact-slots';
import type { NumberRange } from './number-range';

/** Asks the report that is loaded in the slots. */
export type Test = () => boolean;

/**
 * A pattern made ready for indexing: attributes and constants by their numbers, negation moved down to the
 * comparisons, nested alls and anys made flat.
 */
export type Condition =
	| ({ readonly kind: 'range'; readonly slot: number } & NumberRange)
	| { readonly kind: 'oneOf'; readonly slot: number; readonly constantIds: readonly number[] }
	/** Can be met only when the attribute is there; `test` null: that is all it takes. */
	| { readonly kind: 'present'; readonly slot: number; readonly test: Test | null }
	| { readonly kind: 'missing'; readonly slot: number }
	/** Can be met whatever is there. */
	| { readonly kind: 'free'; readonly test: Test }
	| { readonly kind: 'all'; readonly parts: readonly Condition[] }
	| { readonly kind: 'any'; readonly parts: readonly Condition[] };

/** One step that tells whether the condition is met. */
export function conditionTest(condition: Condition, slots: FactSlots): Test {
	switch (condition.kind) {
		case 'range': {
			const { slot, low, high } = condition;
			return () => {
				const value = slots.numbers[slot] as number;
				return slots.readings[slot] !== NO_RANK && value >= low && value <= high;
			};
		}
		case 'oneOf': {
			const { slot } = condition;
			const ids = new Set(condition.constantIds);
			return () => ids.has(slots.readings[slots.count + slot] as number);
		}
		case 'present': {
			const { slot, test } = condition;
			return test ?? (() => slots.readings[2 * slots.count + slot] === 1);
		}
		case 'missing': {
			const { slot } = condition;
			return () => slots.readings[2 * slots.count + slot] === 0;
		}
		case 'free':
			return condition.test;
		case 'all': {
			const tests = condition.parts.map((part) => conditionTest(part, slots));
			return () => tests.every((test) => test());
		}
		case 'any': {
			const tests = condition.parts.map((part) => conditionTest(part, slots));
			return () => tests.some((test) => test());
		}
	}
}
