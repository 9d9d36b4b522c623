import type { Attributes } from '../src/domain/attributes';
import { compileRules } from '../src/domain/rules/compile-rules';
import { evaluateRules } from '../src/domain/rules/evaluate-rules';
import type { EdgeState } from '../src/domain/rules/evaluate-rules';
import type { Rule } from '../src/domain/rules/rule';
import { jsonRulesEngine } from './lib/json-rules-engine';
import { closureOf } from './lib/linear-closures';
import { measureInTurn } from './lib/measure';
import type { BenchResult, BenchSide } from './lib/measure';
import { makeReports, makeRules } from './lib/rule-workload';

const REPORTS = 20_000;
/** Reports that both sides answer before anything is measured. */
const CHECKED_REPORTS = 300;
const NO_STATES: ReadonlyMap<number, EdgeState> = new Map();

/** What json-rules-engine does of them in a good quarter of a second. */
const PEER_REPORTS = 20;

/** Reports that come in one after the other, round and round; the slower a side, the fewer of them. */
export default async function benchRules(): Promise<BenchResult> {
	const reports = makeReports(REPORTS);
	const workloads = {
		'1,000 rules': makeRules(1_000, { equalities: true }),
		'10,000 rules': makeRules(10_000, { equalities: true }),
		'1,000 rules of ranges': makeRules(1_000, { equalities: false }),
	};
	const sides = Object.entries(workloads).flatMap(([what, rules]) => {
		checkSameAnswers(rules, reports);
		return [engine(what, rules, reports), linear(`${what}, closures one by one`, rules, reports)];
	});
	const peer = await peerOf('1,000 rules, json-rules-engine 7', workloads['1,000 rules'], reports);
	const rows = await measureInTurn([...sides, peer]);
	const [
		few = NaN,
		fewLinear = NaN,
		many = NaN,
		manyLinear = NaN,
		ranges = NaN,
		rangesLinear = NaN,
		fewPeer = NaN,
	] = rows.map((row) => row.perCpuSecond);
	const figures = {
		rules_1000_events_s: few,
		rules_10000_events_s: many,
		rules_ranges_1000_events_s: ranges,
		rules_growth_1000_to_10000: few / many,
		rules_1000_vs_json_rules_engine: few / fewPeer,
		rules_1000_vs_closures: few / fewLinear,
		rules_10000_vs_closures: many / manyLinear,
		rules_ranges_1000_vs_closures: ranges / rangesLinear,
	};
	return { name: 'rules', figures, rows };
}

const factsOf = (attributes: Attributes) => ({ vehicleId: 1, customerId: null, attributes, at: 0 });

/** Every report is the first of its vehicle, so that each rule that is met makes a transition with its evidence. */
function engine(what: string, rules: Rule[], reports: readonly Attributes[]): BenchSide {
	const ruleSet = compileRules({ rules, taskWatches: [] });
	const facts = reports.map(factsOf);
	return {
		what,
		run: () => {
			for (const one of facts) evaluateRules(ruleSet, one, NO_STATES);
			return facts.length;
		},
	};
}

function linear(what: string, rules: Rule[], reports: readonly Attributes[]): BenchSide {
	const tests = rules.map(({ pattern }) => closureOf(pattern));
	const some = reports.slice(0, Math.max(1, 2_000_000 / rules.length));
	let met = 0;
	return {
		what,
		run: () => {
			for (const report of some) for (const test of tests) if (test(report)) met++;
			if (met < 0) throw new Error('unreachable: keeps the work from being optimised away');
			return some.length;
		},
	};
}

async function peerOf(what: string, rules: Rule[], reports: readonly Attributes[]): Promise<BenchSide> {
	const firedBy = jsonRulesEngine(rules);
	const ruleSet = compileRules({ rules, taskWatches: [] });
	const some = reports.slice(0, PEER_REPORTS);
	for (const report of some) {
		const ours = evaluateRules(ruleSet, factsOf(report), NO_STATES).map(({ ruleId }) => ruleId);
		const theirs = await firedBy(report);
		if (ours.join() !== theirs.join()) throw new Error(`We fired ${ours.join()}, they ${theirs.join()}`);
	}
	return {
		what,
		run: async () => {
			for (const report of some) await firedBy(report);
			return some.length;
		},
	};
}

function checkSameAnswers(rules: Rule[], reports: readonly Attributes[]): void {
	const ruleSet = compileRules({ rules, taskWatches: [] });
	const tests = rules.map(({ id, pattern }) => ({ id, test: closureOf(pattern) }));
	for (const report of reports.slice(0, CHECKED_REPORTS)) {
		const fired = evaluateRules(ruleSet, factsOf(report), NO_STATES).map(({ ruleId }) => ruleId);
		const met = tests.filter(({ test }) => test(report)).map(({ id }) => id);
		if (fired.join() !== met.join()) throw new Error(`Rules fired: ${fired.join()}; met: ${met.join()}`);
	}
}
