import { rangeOf } from './number-range';
import { inCanonicalUnit } from './operand';
import { isChange } from './pattern';
import type { Comparison, Pattern } from './pattern';

/**
 * Whether `a` being met surely means that `b` is met at the same moment. False says nothing: it may be so all the same.
 * Both are in the normal form that parsing makes.
 */
export function implies(a: Pattern, b: Pattern): boolean {
	if (JSON.stringify(a) === JSON.stringify(b)) return true;
	if ('all' in b) return b.all.every((part) => implies(a, part));
	if ('any' in a) return a.any.every((part) => implies(part, b));
	if ('any' in b && b.any.some((part) => implies(a, part))) return true;
	if ('all' in a) return a.all.some((part) => implies(part, b));
	if ('holds' in a) return implies(a.holds, b);
	if ('first' in a) return 'then' in a && implies(a.then, b);
	return isComparison(a) && isComparison(b) && isNarrower(a, b);
}

function isComparison(pattern: Pattern): pattern is Comparison {
	return 'operator' in pattern && !('aggregate' in pattern) && !isChange(pattern);
}

function isNarrower(a: Comparison, b: Comparison): boolean {
	if (a.attribute !== b.attribute || a.of !== b.of) return false;
	const [narrow, wide] = [rangeOf(inCanonicalUnit(a)), rangeOf(inCanonicalUnit(b))];
	return narrow !== null && wide !== null && narrow.low >= wide.low && narrow.high <= wide.high;
}
