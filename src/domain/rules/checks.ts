import { isEmpty } from './number-range';
import type { FactSlots } from './fact-slots';
import type { Condition } from './condition';

/**
 * Asks for `readings[reading]` to be at least `low`, and above it by at most `width`. In flat arrays a check is these
 * three integers.
 */
export interface Check {
	readonly reading: number;
	readonly low: number;
	readonly width: number;
}

/** What a check takes up in a flat array. */
export const CHECK_SIZE = 3;

/** Met whatever is loaded: the first reading is 0. */
export const ALWAYS_MET: Check = { reading: 0, low: 0, width: 0 };

/** Met by nothing. */
const NEVER_MET: Check = { reading: 0, low: 1, width: 0 };

/** Null for what is not a range of one reading. */
export function checkOf(part: Condition, slots: FactSlots): Check | null {
	switch (part.kind) {
		case 'range': {
			const column = slots.columns[part.slot];
			if (column === undefined || isEmpty(part)) return NEVER_MET;
			const low = column.rankOf(part.low);
			return { reading: part.slot, low, width: column.rankOf(part.high) - low };
		}
		case 'oneOf': {
			const [id, ...more] = part.constantIds;
			if (id === undefined || more.length > 0) return null;
			return { reading: slots.count + part.slot, low: id, width: 0 };
		}
		case 'present':
			return part.test === null ? { reading: 2 * slots.count + part.slot, low: 1, width: 0 } : null;
		case 'missing':
			return { reading: 2 * slots.count + part.slot, low: 0, width: 0 };
		default:
			return null;
	}
}

/** One behind the other, three integers each. */
export function packChecks(checks: readonly Check[]): Int32Array {
	const packed = new Int32Array(checks.length * CHECK_SIZE);
	checks.forEach(({ reading, low, width }, i) => packed.set([reading, low, width], i * CHECK_SIZE));
	return packed;
}
