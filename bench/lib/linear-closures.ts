import type { Attributes } from '../../src/domain/attributes';
import type { Comparison, Pattern } from '../../src/domain/rules/pattern';

type Test = (attributes: Attributes) => boolean;

/** The plain way: each rule compiled to a function, all asked one after the other. */
export function closureOf(pattern: Pattern): Test {
	if (!('all' in pattern)) return comparisonTest(pattern as Comparison);
	const tests = pattern.all.map(closureOf);
	return (attributes) => {
		for (const test of tests) if (!test(attributes)) return false;
		return true;
	};
}

function comparisonTest({ attribute, operator, value }: Comparison): Test {
	const bound = value as number;
	switch (operator) {
		case 'eq':
			return (attributes) => attributes[attribute] === value;
		case 'lt':
			return (attributes) => (attributes[attribute] as number) < bound;
		case 'gt':
			return (attributes) => (attributes[attribute] as number) > bound;
		case 'between': {
			const [low, high] = value as readonly [number, number];
			return (attributes) => {
				const actual = attributes[attribute] as number;
				return actual >= low && actual <= high;
			};
		}
		default:
			throw new Error(`The workload has no '${operator}'`);
	}
}
