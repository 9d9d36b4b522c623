import type { Attributes, AttributeValue } from '../attributes';
import { AttributeSlots } from './attribute-slots';
import { compilePattern } from './compile-pattern';
import type { Condition } from './condition';
import { patternAttributes } from './pattern-attributes';
import type { Rule } from './rule';
import { RuleIndex } from './rule-index';
import { RuleProgram } from './rule-program';
import { guessSelectivity, learnSelectivity } from './selectivity';
import type { Selectivity } from './choose-index';
import { sortByScope } from './watched-rules';
import type { TaskWatch, WatchedByScope, WatchedRules } from './watched-rules';

/** How many reports are looked at to learn how selective the conditions are. */
const SAMPLE_SIZE = 512;
/** Each sample is drawn this many times sparser than the one before, so that learning costs less and less. */
const SPARSER = 16;

/**
 * Rules made ready to be held against reports, as many as one likes, one after the other. What it answers depends on
 * rules and report alone; only how fast it answers depends on what it has seen.
 */
export class RuleSet {
	readonly rules: readonly Rule[];
	private readonly placeOfRule: ReadonlyMap<number, number>;
	private readonly evidenceNames: readonly (readonly string[])[];
	private readonly conditions: readonly Condition[];
	private readonly watched: WatchedByScope;
	private readonly slots = new AttributeSlots();
	private program: RuleProgram;
	private indexes = new Map<WatchedRules, RuleIndex>();
	private sample: Attributes[] = [];
	private seen = 0;
	private sampleEvery = 1;
	/** Places of the rules that the last report meets, and the tasks through which they watch, up to the count. */
	readonly found: Int32Array;
	readonly foundTaskIds: (number | null)[] = [];

	constructor(rules: readonly Rule[], taskWatches: readonly TaskWatch[]) {
		this.rules = rules.filter((rule) => rule.enabled);
		this.placeOfRule = new Map(this.rules.map((rule, place) => [rule.id, place]));
		this.evidenceNames = this.rules.map((rule) => patternAttributes(rule.pattern));
		this.conditions = this.rules.map((rule) => compilePattern(rule.pattern, this.slots));
		this.slots.seal();
		this.watched = sortByScope(this.rules, taskWatches);
		this.found = new Int32Array(this.rules.length);
		this.program = this.compileProgram(guessSelectivity);
	}

	/** Finds the rules that watch the vehicle and are met; returns their count in `found`. */
	match(vehicleId: number, customerId: number | null, attributes: Attributes): number {
		this.learnFrom(attributes);
		this.slots.load(attributes);
		this.program.begin();
		// The nearest watch comes first: a rule that watches a vehicle through several tasks is found once.
		let count = this.matchWatched(this.watched.byVehicle.get(vehicleId), 0);
		if (customerId !== null) count = this.matchWatched(this.watched.byCustomer.get(customerId), count);
		return this.matchWatched(this.watched.all, count);
	}

	/** Whether the last report meets the rule. False for a rule that is not in the set or watches other vehicles. */
	isMet(ruleId: number): boolean {
		const place = this.placeOfRule.get(ruleId);
		return place !== undefined && this.program.wasMet(place);
	}

	ruleById(ruleId: number): Rule | null {
		const place = this.placeOfRule.get(ruleId);
		return place === undefined ? null : (this.rules[place] ?? null);
	}

	/** The values of the attributes that the rule's pattern names, as far as they were reported. */
	evidenceFor(ruleId: number, attributes: Attributes): Attributes {
		const evidence: Record<string, AttributeValue> = {};
		for (const name of this.evidenceNames[this.placeOfRule.get(ruleId) ?? -1] ?? []) {
			const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
			if (value !== undefined) evidence[name] = value;
		}
		return evidence;
	}

	private matchWatched(watched: WatchedRules | undefined, before: number): number {
		if (watched === undefined || watched.rules.length === 0) return before;
		let index = this.indexes.get(watched);
		if (index === undefined) {
			index = new RuleIndex(watched.rules, this.program, this.slots);
			this.indexes.set(watched, index);
		}
		const count = index.find(this.found, before);
		for (let i = before; i < count; i++) {
			this.foundTaskIds[i] = watched.taskIds.get(this.found[i] as number) ?? null;
		}
		return count;
	}

	private learnFrom(attributes: Attributes): void {
		if (this.seen++ % this.sampleEvery !== 0) return;
		this.sample.push(attributes);
		if (this.sample.length < SAMPLE_SIZE) return;
		this.program = this.compileProgram(learnSelectivity(this.sample, this.slots));
		this.sample = [];
		this.sampleEvery *= SPARSER;
	}

	private compileProgram(selectivity: Selectivity): RuleProgram {
		// Indexes point into the program; they are built anew when next a vehicle needs them.
		this.indexes = new Map();
		return new RuleProgram(this.conditions, this.slots, selectivity);
	}
}

/** Disabled rules are left out. A rule with the scope `tasks` watches what `taskWatches` says, and nothing else. */
export function compileRules(active: {
	readonly rules: readonly Rule[];
	readonly taskWatches: readonly TaskWatch[];
}): RuleSet {
	return new RuleSet(active.rules, active.taskWatches);
}
