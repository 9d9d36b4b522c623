import type { Comparison } from './pattern';

/** All finite numbers from `low` to `high`, both included. */
export interface NumberRange {
	readonly low: number;
	readonly high: number;
}

const asNumber = new Float64Array(1);
const asBits = new BigInt64Array(asNumber.buffer);

/** The least double above `value`: turns an open end of a range into a closed one. */
export function nextAbove(value: number): number {
	if (value === Infinity) return value;
	if (value === 0) return Number.MIN_VALUE;
	asNumber[0] = value;
	asBits[0] = (asBits[0] ?? 0n) + (value > 0 ? 1n : -1n);
	return asNumber[0] ?? NaN;
}

function nextBelow(value: number): number {
	return -nextAbove(-value);
}

/** Which numbers meet a comparison, or null when it is not one that only a range of numbers meets. */
export function rangeOf({ operator, value }: Pick<Comparison, 'operator' | 'value'>): NumberRange | null {
	if (operator === 'between') {
		const [low, high] = Array.isArray(value) ? (value as readonly unknown[]) : [];
		return typeof low === 'number' && typeof high === 'number' ? { low, high } : null;
	}
	if (typeof value !== 'number') return null;
	switch (operator) {
		case 'eq':
			return { low: value, high: value };
		case 'lt':
			return { low: -Infinity, high: nextBelow(value) };
		case 'lte':
			return { low: -Infinity, high: value };
		case 'gt':
			return { low: nextAbove(value), high: Infinity };
		case 'gte':
			return { low: value, high: Infinity };
		default:
			return null;
	}
}

/** Whether no number is in the range; infinity is none. */
export function isEmpty({ low, high }: NumberRange): boolean {
	return low > high || low === Infinity || high === -Infinity;
}

export function intersect(a: NumberRange, b: NumberRange): NumberRange {
	return { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) };
}
