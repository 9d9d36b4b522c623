import type { Comparison, Pattern } from './pattern';

/** A pattern in words, e.g. `fuelLevel is less than 15 and (speed is greater than 0 or engine is "on")`. */
export function describePattern(pattern: Pattern): string {
	if ('all' in pattern) return join(pattern.all, ' and ', 'always');
	if ('any' in pattern) return join(pattern.any, ' or ', 'never');
	if ('not' in pattern) return `not (${describePattern(pattern.not)})`;
	return describeComparison(pattern);
}

function join(parts: readonly Pattern[], word: string, ifNone: string): string {
	if (parts.length === 0) return ifNone;
	if (parts.length === 1) return parts.map(describePattern).join('');
	return parts
		.map((part) => {
			const isJoined = ('all' in part && part.all.length > 1) || ('any' in part && part.any.length > 1);
			return isJoined ? `(${describePattern(part)})` : describePattern(part);
		})
		.join(word);
}

function describeComparison({ attribute, operator, value }: Comparison): string {
	const values = Array.isArray(value) ? (value as readonly unknown[]).map(inWords) : [inWords(value)];
	const one = values.join(', ');
	switch (operator) {
		case 'eq':
			return `${attribute} is ${one}`;
		case 'ne':
			return `${attribute} is not ${one}`;
		case 'lt':
			return `${attribute} is less than ${one}`;
		case 'lte':
			return `${attribute} is at most ${one}`;
		case 'gt':
			return `${attribute} is greater than ${one}`;
		case 'gte':
			return `${attribute} is at least ${one}`;
		case 'between':
			return `${attribute} is between ${values.join(' and ')}`;
		case 'in':
			return values.length === 1 ? `${attribute} is ${one}` : `${attribute} is one of ${one}`;
		case 'contains':
			return `${attribute} contains ${one}`;
		case 'exists':
			return `${attribute} has been reported`;
		case 'missing':
			return `${attribute} has never been reported`;
	}
}

function inWords(value: unknown): string {
	return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
