import type { Pattern } from './pattern';

/** The parts that a pattern is made of, not theirs; none of one that stands alone. */
export function innerPatterns(pattern: Pattern): readonly Pattern[] {
	if ('all' in pattern) return pattern.all;
	if ('any' in pattern) return pattern.any;
	if ('not' in pattern) return [pattern.not];
	if ('holds' in pattern) return [pattern.holds];
	if ('count' in pattern) return [pattern.count];
	if ('first' in pattern) return [pattern.first, 'then' in pattern ? pattern.then : pattern.thenNot];
	return [];
}
