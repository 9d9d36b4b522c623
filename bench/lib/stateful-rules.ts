import type { Pattern } from '../../src/domain/rules/pattern';
import type { Rule } from '../../src/domain/rules/rule';
import { makeRules } from './rule-workload';

/**
 * Rules as `makeRules` has them, each tenth of which asks for a duration or a window: of a hundred such rules 40 hold
 * for ten minutes, 40 are met three times within an hour, 10 are joined with a duration and 10 with an average that
 * concern every vehicle.
 */
export function makeStatefulRules(count: number): Rule[] {
	return makeRules(count, { equalities: true }).map((rule, index) =>
		index % 10 === 0 ? { ...rule, pattern: statefulPattern(rule.pattern, index / 10) } : rule,
	);
}

function statefulPattern(pattern: Pattern, index: number): Pattern {
	const kind = index % 10;
	if (kind < 4) return { holds: pattern, forSeconds: 600 };
	if (kind < 8) return { count: pattern, times: 3, withinSeconds: 3600 };
	return { all: [pattern, kind === 8 ? DRIVES_FAST : DROVE_FAST] };
}

const DRIVES_FAST: Pattern = { holds: { attribute: 'speed', operator: 'gt', value: 90 }, forSeconds: 300 };

const DROVE_FAST: Pattern = {
	aggregate: 'average',
	attribute: 'speed',
	withinSeconds: 300,
	operator: 'gt',
	value: 80,
};
