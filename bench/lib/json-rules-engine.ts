import { Engine, type NestedCondition } from 'json-rules-engine';
import type { Attributes } from '../../src/domain/attributes';
import type { Comparison, Pattern } from '../../src/domain/rules/pattern';
import type { Rule } from '../../src/domain/rules/rule';

const OPERATORS: Readonly<Record<string, string>> = {
	eq: 'equal',
	lt: 'lessThan',
	gt: 'greaterThan',
	between: 'between',
};

/** The same rules in json-rules-engine, set up once: ids of those that a report meets, ascending. */
export function jsonRulesEngine(rules: readonly Rule[]): (report: Attributes) => Promise<number[]> {
	const engine = new Engine();
	engine.addOperator<number, [number, number]>(
		'between',
		(actual, [low, high]) => actual >= low && actual <= high,
	);
	for (const { id, pattern } of rules) {
		engine.addRule({ conditions: { all: conditionsOf(pattern) }, event: { type: String(id) } });
	}
	return async (report) => {
		const { events } = await engine.run(report);
		return events.map(({ type }) => Number(type)).sort((a, b) => a - b);
	};
}

function conditionsOf(pattern: Pattern): NestedCondition[] {
	if ('all' in pattern) return pattern.all.flatMap(conditionsOf);
	const { attribute, operator, value } = pattern as Comparison;
	return [{ fact: attribute, operator: OPERATORS[operator] ?? operator, value }];
}
