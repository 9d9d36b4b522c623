import type { Pattern } from './pattern';

/** The names of the attributes that a pattern looks at, each once, in the order in which it names them. */
export function patternAttributes(pattern: Pattern): string[] {
	return [...new Set(namesIn(pattern))];
}

function namesIn(pattern: Pattern): string[] {
	if ('all' in pattern) return pattern.all.flatMap(namesIn);
	if ('any' in pattern) return pattern.any.flatMap(namesIn);
	if ('not' in pattern) return namesIn(pattern.not);
	return [pattern.attribute];
}
