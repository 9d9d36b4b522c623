import type { Attributes } from '../src/domain/attributes';
import type { Rule } from '../src/domain/rules/rule';
import { measureInTurn } from './lib/measure';
import type { BenchResult, BenchSide } from './lib/measure';
import { geofences } from './lib/geofence-side';
import { measureRuleMemory } from './lib/rule-memory';
import { checkAgainstClosures, closures, following, matching, peer } from './lib/rule-sides';
import { makeReports, makeRules, nextReports } from './lib/rule-workload';
import { openBacktestBench } from './lib/backtest-sides';
import { changing } from './lib/changing-side';
import { makeStatefulRules } from './lib/stateful-rules';

const VEHICLES = 10_000;

/** Like a feed's batch they are still at hand for the processor. */
const FOUND_REPORTS = 2_000;

/**
 * `found`: which rules a report meets, as the peers answer it, too. `followed`: what a feed asks besides, for 10,000
 * vehicles that report in turn, their values moving from report to report: states, transitions, evidence. The slower a
 * side, the fewer reports it gets.
 */
export default async function benchRules(): Promise<BenchResult> {
	const first = makeReports(VEHICLES);
	const rounds = [first, nextReports(first)];
	const sides: [figure: string, side: BenchSide][] = [];
	for (const count of [10, 100, 1_000, 10_000]) {
		const rules = makeRules(count, { equalities: true });
		sides.push(...(await besidePeers(rules, rounds)));
	}
	const ranges = makeRules(1_000, { equalities: false });
	checkAgainstClosures(ranges, first);
	sides.push(
		['rules_ranges_1000_events_s', matching('1,000 rules of ranges, found', ranges, atHand(first))],
		[
			'rules_ranges_1000_followed_events_s',
			following('1,000 rules of ranges, followed', ranges, rounds, VEHICLES),
		],
		['ranges, closures', closures('1,000 rules of ranges, closures one by one', ranges, first)],
		[
			'rules_stateful_events_s',
			following('1,000 rules, 100 of them stateful, followed', makeStatefulRules(1_000), rounds, VEHICLES),
		],
		['geofences_1000_positions_s', geofences('1,000 rules on 1,000 geofences, followed', VEHICLES)],
		['rule changes', changing('one of 10,000 rules changed', makeRules(10_000, { equalities: true }), first)],
	);
	const memory = measureRuleMemory(makeRules(10_000, { equalities: true }), rounds);
	const { backtest, readOnly, close } = await openBacktestBench();
	sides.push(['backtest_statuses_s', backtest], ['history', readOnly]);
	try {
		const rows = await measureInTurn(sides.map(([, side]) => side));
		const speeds = new Map(sides.map(([figure], i) => [figure, rows[i]?.perSecond ?? NaN]));
		return { name: 'rules', figures: { ...figuresOf(speeds), ...memory }, rows };
	} finally {
		await close();
	}
}

const atHand = (reports: readonly Attributes[]): readonly Attributes[] => reports.slice(0, FOUND_REPORTS);

async function besidePeers(
	rules: Rule[],
	rounds: readonly (readonly Attributes[])[],
): Promise<[figure: string, side: BenchSide][]> {
	const [first = []] = rounds;
	checkAgainstClosures(rules, first);
	const count = rules.length;
	const what = `${count.toLocaleString('en-GB')} rules`;
	return [
		[`rules_${count}_events_s`, matching(`${what}, found`, rules, atHand(first))],
		[`rules_${count}_followed_events_s`, following(`${what}, followed`, rules, rounds, VEHICLES)],
		[`${count}, closures`, closures(`${what}, closures one by one`, rules, first)],
		[`${count}, json-rules-engine`, await peer('json-rules-engine 7', what, rules, first)],
		[`${count}, node-rules`, await peer('node-rules 9', what, rules, first)],
	];
}

function figuresOf(speeds: ReadonlyMap<string, number>): Record<string, number> {
	const of = (name: string): number => speeds.get(name) ?? NaN;
	const told = [...speeds].filter(([name]) => name.endsWith('_s'));
	const few = of('rules_1000_events_s');
	return {
		...Object.fromEntries(told),
		rules_growth_1000_to_10000: few / of('rules_10000_events_s'),
		rules_1000_vs_json_rules_engine: few / of('1000, json-rules-engine'),
		rules_1000_vs_node_rules: few / of('1000, node-rules'),
		rules_1000_vs_closures: few / of('1000, closures'),
		rules_10000_vs_closures: of('rules_10000_events_s') / of('10000, closures'),
		rules_1000_followed_vs_json_rules_engine:
			of('rules_1000_followed_events_s') / of('1000, json-rules-engine'),
		rules_ranges_1000_vs_closures: of('rules_ranges_1000_events_s') / of('ranges, closures'),
		rule_change_ms: 1000 / of('rule changes'),
	};
}
