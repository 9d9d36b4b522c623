import type { Comparison, Pattern } from '../../src/domain/rules/pattern';
import type { Rule } from '../../src/domain/rules/rule';
import { makeRules } from './rule-workload';

/** Rules as `makeRules` has them, each tenth of which asks for a duration, a count or a window. */
export function makeStatefulRules(count: number): Rule[] {
	return makeRules(count, { equalities: true }).map((rule, index) =>
		index % 10 === 0 ? { ...rule, pattern: statefulPattern(rule.pattern, index / 10) } : rule,
	);
}

function statefulPattern(pattern: Pattern, index: number): Pattern {
	switch (index % 4) {
		case 0:
			return { holds: pattern, forSeconds: 600 };
		case 1:
			return { count: pattern, times: 3, withinSeconds: 3600 };
		case 2:
			return { all: [pattern, { holds: speed('gt', 90), forSeconds: 300 }] };
		default:
			return {
				all: [
					pattern,
					{ aggregate: 'average', attribute: 'speed', withinSeconds: 300, operator: 'gt', value: 80 },
				],
			};
	}
}

const speed = (operator: Comparison['operator'], value: number): Comparison => ({
	attribute: 'speed',
	operator,
	value,
});
