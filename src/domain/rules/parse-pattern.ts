import { InvalidFieldError } from '../errors';
import { intersect, rangeOf } from './number-range';
import type { NumberRange } from './number-range';
import { parseComparison } from './parse-comparison';
import { parseList, parseObject, pathTo, refuseOthers } from './parse-object';
import type { Comparison, Pattern } from './pattern';

const MAX_DEPTH = 10;
const MAX_COMPARISONS = 200;
const EXAMPLE = '{ "attribute": "fuelLevel", "operator": "lt", "value": 15 }';

/** A comparison that has to be met together with others, and where it stands. */
interface Required {
	readonly comparison: Comparison;
	readonly field: string;
}

interface Parsed {
	readonly pattern: Pattern;
	/** What `pattern` cannot be met without. */
	readonly required: readonly Required[];
	readonly comparisons: number;
}

/**
 * Checks a pattern of comparisons joined by `all`, `any` and `not`.
 * @throws InvalidFieldError with the path of the part that is wrong or, beside the other parts of its `all`, can
 * never be met
 */
export function parsePattern(value: unknown, field: string): Pattern {
	const { pattern, required, comparisons } = parsePart(value, field, 1);
	if (comparisons > MAX_COMPARISONS) {
		throw new InvalidFieldError(
			field,
			`${field} has ${comparisons} comparisons, more than ${MAX_COMPARISONS}`,
			"Use 'in' for many values of one attribute, or make several rules of it.",
		);
	}
	refuseImpossible(required);
	return pattern;
}

function parsePart(value: unknown, field: string, depth: number): Parsed {
	const object = parseObject(value, field, EXAMPLE);
	if (depth > MAX_DEPTH) {
		throw new InvalidFieldError(
			field,
			`${field} is nested deeper than ${MAX_DEPTH} levels`,
			'Join the comparisons in fewer steps, or make several rules of it.',
		);
	}
	const joins = (['all', 'any', 'not'] as const).filter((join) => object[join] !== undefined);
	const [join] = joins;
	if (join === undefined) {
		const comparison = parseComparison(object, field);
		return { pattern: comparison, required: [{ comparison, field }], comparisons: 1 };
	}
	refuseOthers(object, joins.length > 1 || 'attribute' in object ? [join] : ['all', 'any', 'not'], field);
	const joinField = pathTo(field, join);
	if (join === 'not') {
		const { pattern, required, comparisons } = parsePart(object.not, joinField, depth + 1);
		refuseImpossible(required);
		return { pattern: { not: pattern }, required: [], comparisons };
	}
	const parts = parseList(object[join], joinField, MAX_COMPARISONS).map((part, index) =>
		parsePart(part, `${joinField}[${index}]`, depth + 1),
	);
	const patterns = parts.map((part) => part.pattern);
	const comparisons = parts.reduce((sum, part) => sum + part.comparisons, 0);
	if (join === 'all') {
		return { pattern: { all: patterns }, required: parts.flatMap((part) => part.required), comparisons };
	}
	for (const { required } of parts) refuseImpossible(required);
	return { pattern: { any: patterns }, required: [], comparisons };
}

/** Bounds that exclude each other would make a rule that never fires and never says why. */
function refuseImpossible(required: readonly Required[]): void {
	const ranges = new Map<string, NumberRange>();
	for (const { comparison, field } of required) {
		const { attribute } = comparison;
		const range = rangeOf(comparison);
		if (range === null) continue;
		const narrowed = intersect(ranges.get(attribute) ?? { low: -Infinity, high: Infinity }, range);
		if (narrowed.low > narrowed.high) {
			throw new InvalidFieldError(
				field,
				`${attribute} can never meet ${field} together with what comes before it`,
				"Change one of the bounds, or join them by 'any' when one of them is enough.",
			);
		}
		ranges.set(attribute, narrowed);
	}
}
