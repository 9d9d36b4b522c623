import { RuleEngine, type Rule as NodeRule } from 'node-rules';
import type { Attributes } from '../../src/domain/attributes';
import type { Rule } from '../../src/domain/rules/rule';
import { closureOf } from './linear-closures';

/** The same rules in node-rules, set up once: ids of those that a report meets, ascending. */
export function nodeRules(rules: readonly Rule[]): (report: Attributes) => Promise<number[]> {
	const engine = new RuleEngine(
		rules.map(({ id, pattern }): NodeRule => {
			const test = closureOf(pattern);
			return {
				id: String(id),
				condition: (api, fact) => api.when(test(fact)),
				consequence: (api) => api.next(),
			};
		}),
		{ ignoreFactChanges: true },
	);
	return async (report) =>
		await new Promise((resolve) => {
			engine.execute({ ...report }, ({ matchPath = [] }) => resolve(matchPath.map(Number)));
		});
}
