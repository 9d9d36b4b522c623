import type { Attributes } from '../../src/domain/attributes';
import { compileRules } from '../../src/domain/rules/compile-rules';
import type { Rule } from '../../src/domain/rules/rule';
import { vehicleRuns } from './vehicle-runs';

/** Bytes of the heap that a compiled rule takes, and the states of a vehicle that ten plain rules are met for. */
export function measureRuleMemory(
	rules: Rule[],
	rounds: readonly (readonly Attributes[])[],
): { rule_bytes: number; vehicle_state_bytes: number } {
	const active = { rules, taskWatches: [], geofences: [] };
	const [first = []] = rounds;
	const compiled = grownBy(() => {
		const ruleSet = compileRules(active);
		const empty = { vehicleId: 1, customerId: null, position: null, at: 0 };
		const facts = first.map((attributes) => ({
			...empty,
			attributes,
			vehicleAttributes: {},
			customerAttributes: {},
		}));
		for (const one of facts) ruleSet.match(one);
		return ruleSet;
	});
	const reports = rounds.map((round) => round.map((attributes) => ({ attributes, position: null })));
	const fleet = vehicleRuns(active, reports);
	for (const run of fleet.runs) run.states.clear();
	const states = grownBy(() => fleet.follow(first.length));
	return { rule_bytes: compiled / rules.length, vehicle_state_bytes: states / first.length };
}

/** Needs Node's --expose-gc. */
function grownBy(build: () => unknown): number {
	const used = (): number => {
		globalThis.gc?.();
		const { heapUsed, arrayBuffers } = process.memoryUsage();
		return heapUsed + arrayBuffers;
	};
	const before = used();
	const kept = build();
	const grown = used() - before;
	if (kept === undefined) throw new Error('unreachable: keeps what was built until it is weighed');
	return grown;
}
