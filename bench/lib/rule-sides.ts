import type { Attributes } from '../../src/domain/attributes';
import { compileRules } from '../../src/domain/rules/compile-rules';
import type { RuleSet } from '../../src/domain/rules/compile-rules';
import type { Facts } from '../../src/domain/rules/facts';
import type { Rule } from '../../src/domain/rules/rule';
import { jsonRulesEngine } from './json-rules-engine';
import { closureOf } from './linear-closures';
import type { BenchSide } from './measure';
import { nodeRules } from './node-rules';
import { vehicleRuns } from './vehicle-runs';

/** Reports that closures and engine answer before anything is measured. */
const CHECKED_REPORTS = 300;
/** How often a side asks a rule in one go: a few tenths of a second for each. */
const CLOSURE_CALLS = 2_000_000;
const PEER_CALLS = 20_000;

/** Every report's rules in the index, without what follows from finding them. */
export function matching(what: string, rules: Rule[], reports: readonly Attributes[]): BenchSide {
	const ruleSet = compile(rules);
	const facts = reports.map(factsOf);
	return {
		what,
		run: () => {
			for (const one of facts) ruleSet.match(one);
			return facts.length;
		},
	};
}

/** A feed's way: reports of vehicles that keep their states, with all transitions and their evidence. */
export function following(
	what: string,
	rules: Rule[],
	rounds: readonly (readonly Attributes[])[],
	events: number,
): BenchSide {
	const active = { rules, taskWatches: [], geofences: [] };
	const fleet = vehicleRuns(
		active,
		rounds.map((reports) => reports.map((attributes) => ({ attributes, position: null }))),
	);
	return {
		what,
		run: () => {
			fleet.follow(events);
			return events;
		},
	};
}

export function closures(what: string, rules: Rule[], reports: readonly Attributes[]): BenchSide {
	const tests = rules.map(({ pattern }) => closureOf(pattern));
	const some = reports.slice(0, Math.max(1, CLOSURE_CALLS / rules.length));
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

const PEERS = { 'json-rules-engine 7': jsonRulesEngine, 'node-rules 9': nodeRules };

/** Rejects when the peer does not find what the engine finds. */
export async function peer(
	name: keyof typeof PEERS,
	what: string,
	rules: Rule[],
	reports: readonly Attributes[],
): Promise<BenchSide> {
	const metBy = PEERS[name](rules);
	const ruleSet = compile(rules);
	const some = reports.slice(0, Math.max(2, PEER_CALLS / rules.length));
	for (const report of some.slice(0, 20)) {
		checkSame(name, await metBy(report), foundIn(ruleSet, factsOf(report)));
	}
	return {
		what: `${what}, ${name}`,
		run: async () => {
			for (const report of some) await metBy(report);
			return some.length;
		},
	};
}

/** @throws Error when the index finds other rules, or following vehicles leaves others met, than closures do */
export function checkAgainstClosures(rules: Rule[], reports: readonly Attributes[]): void {
	const ruleSet = compile(rules);
	const some = reports.slice(0, CHECKED_REPORTS);
	const rounds = [some, some.toReversed()].map((round) =>
		round.map((attributes) => ({ attributes, position: null })),
	);
	const fleet = vehicleRuns({ rules, taskWatches: [], geofences: [] }, rounds);
	fleet.follow(2 * some.length);
	const tests = rules.map(({ id, pattern }) => ({ id, test: closureOf(pattern) }));
	some.toReversed().forEach((report, vehicle) => {
		const met = tests.filter(({ test }) => test(report)).map(({ id }) => id);
		checkSame('closures', met, foundIn(ruleSet, factsOf(report)));
		const states = [...(fleet.runs[vehicle]?.states ?? [])];
		const open = states.filter(([, state]) => state.open !== null).map(([id]) => id);
		checkSame(
			'closures',
			met,
			open.sort((a, b) => a - b),
		);
	});
}

const compile = (rules: Rule[]): RuleSet => compileRules({ rules, taskWatches: [], geofences: [] });

export function factsOf(attributes: Attributes): Facts {
	return {
		vehicleId: 1,
		customerId: null,
		attributes,
		position: null,
		at: 0,
		vehicleAttributes: {},
		customerAttributes: {},
	};
}

function foundIn(ruleSet: RuleSet, facts: Facts): number[] {
	const count = ruleSet.match(facts);
	return Array.from(ruleSet.found.subarray(0, count), (place) => ruleSet.rules[place]?.id ?? 0).sort(
		(a, b) => a - b,
	);
}

function checkSame(who: string, theirs: readonly number[], ours: readonly number[]): void {
	if (ours.join() !== theirs.join()) throw new Error(`We found ${ours.join()}, ${who} ${theirs.join()}`);
}
