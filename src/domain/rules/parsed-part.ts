import { InvalidFieldError } from '../errors';
import { intersect, rangeOf } from './number-range';
import type { NumberRange } from './number-range';
import { inCanonicalUnit } from './operand';
import type { Comparison, Pattern } from './pattern';

/** A comparison that has to be met together with others, and where it stands. */
interface Required {
	readonly comparison: Comparison;
	readonly field: string;
}

/** A part of a pattern that was parsed. */
export interface ParsedPart {
	readonly pattern: Pattern;
	/** What `pattern` cannot be met without. */
	readonly required: readonly Required[];
	/** How many conditions it has in all, at any depth. */
	readonly conditions: number;
}

/** Parses a part that lies within another. */
export type PartParser = (value: unknown, field: string) => ParsedPart;

/** Bounds that exclude each other would make a rule that never fires and never says why. */
export function refuseImpossible(required: readonly Required[]): void {
	const ranges = new Map<string, NumberRange>();
	for (const { comparison, field } of required) {
		const { attribute, of } = comparison;
		const range = rangeOf(inCanonicalUnit(comparison));
		if (range === null) continue;
		const subject = `${of ?? 'reported'} ${attribute}`;
		const narrowed = intersect(ranges.get(subject) ?? { low: -Infinity, high: Infinity }, range);
		if (narrowed.low > narrowed.high) {
			throw new InvalidFieldError(
				field,
				`${attribute} can never meet ${field} together with what comes before it`,
				"Change one of the bounds, or join them by 'any' when one of them is enough.",
			);
		}
		ranges.set(subject, narrowed);
	}
}
