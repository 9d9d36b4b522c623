import { alwaysMet, CHECK_SIZE, checkOf, packChecks } from './checks';
import type { Check } from './checks';
import { chooseIndex } from './choose-index';
import type { IndexableCondition, IndexChoice, Selectivity } from './choose-index';
import { conditionTest } from './condition';
import type { Condition, Test } from './condition';
import type { FactSlots } from './fact-slots';

/** A candidate in flat arrays: its first check, then the rule. */
export const CANDIDATE_SIZE = CHECK_SIZE + 1;

/**
 * The conditions of all rules, laid out one behind the other in flat arrays: asking a rule touches a few neighbouring
 * numbers instead of a tree of objects. What has no such form is asked as a function, last.
 */
export class RuleProgram {
	/** Per rule: under what an index files it; null: it has to be asked for every report. */
	readonly choices: readonly (IndexChoice | null)[];
	/** The checks of rule `r` are at `starts[r]..starts[r + 1]`; each rule has at least one. */
	private readonly starts: Int32Array;
	private readonly checks: Int32Array;
	private readonly rest: readonly (Test | null)[];
	/** Per rule: the last report that met it. */
	private readonly metAt: Float64Array;
	private report = 0;

	constructor(
		conditions: readonly Condition[],
		private readonly slots: FactSlots,
		selectivity: Selectivity,
	) {
		this.choices = conditions.map((condition) => chooseIndex(condition, selectivity));
		this.metAt = new Float64Array(conditions.length);
		this.starts = new Int32Array(conditions.length + 1);
		const checks: Check[] = [];
		this.rest = conditions.map((condition, rule) => {
			const others: Condition[] = [];
			const before = checks.length;
			for (const part of inAskingOrder(condition, this.choices[rule] ?? null, selectivity)) {
				const check = checkOf(part, slots);
				if (check === null) others.push(part);
				else checks.push(check);
			}
			if (checks.length === before) checks.push(alwaysMet(slots));
			this.starts[rule + 1] = checks.length * CHECK_SIZE;
			return others.length === 0 ? null : conditionTest({ kind: 'all', parts: others }, slots);
		});
		this.checks = packChecks(checks);
	}

	/** To be called when other facts have been loaded into the slots. */
	begin(): void {
		this.report += 1;
	}

	/** Rules with the first check of each beside it, so that most of them are done with in one sweep. */
	candidates(rules: Int32Array): Int32Array {
		const candidates = new Int32Array(rules.length * CANDIDATE_SIZE);
		rules.forEach((rule, i) => {
			const start = this.starts[rule] as number;
			candidates.set(this.checks.subarray(start, start + CHECK_SIZE), i * CANDIDATE_SIZE);
			candidates[i * CANDIDATE_SIZE + CHECK_SIZE] = rule;
		});
		return candidates;
	}

	/**
	 * Asks the first checks of the candidates at `[from..to)`; writes the rules that pass into `passed` from place
	 * `count` on, which must have room for all. Returns the new count.
	 */
	sweep(candidates: Int32Array, from: number, to: number, passed: Int32Array, count: number): number {
		const { readings } = this.slots;
		let total = count;
		const end = to * CANDIDATE_SIZE;
		for (let i = from * CANDIDATE_SIZE; i < end; i += CANDIDATE_SIZE) {
			const above = (readings[candidates[i] as number] as number) - (candidates[i + 1] as number);
			passed[total] = candidates[i + 3] as number;
			// Counted, not branched on, since no processor could guess: the sign bit is set unless 0 <= above <= width.
			total += 1 - ((above | ((candidates[i + 2] as number) - above)) >>> 31);
		}
		return total;
	}

	/** Of the rules that passed a sweep, writes those that are met into `found` from place `count` on, each once. */
	ask(passed: Int32Array, passedCount: number, found: Int32Array, count: number): number {
		const { metAt, report, rest } = this;
		let total = count;
		for (let i = 0; i < passedCount; i++) {
			const rule = passed[i] as number;
			if (!this.meetsChecks(rule) || metAt[rule] === report) continue;
			const test = rest[rule];
			if (test && !test()) continue;
			metAt[rule] = report;
			found[total++] = rule;
		}
		return total;
	}

	/** The checks behind the first. */
	private meetsChecks(rule: number): boolean {
		const { checks, starts } = this;
		const { readings } = this.slots;
		const end = starts[rule + 1] as number;
		for (let i = (starts[rule] as number) + CHECK_SIZE; i < end; i += CHECK_SIZE) {
			const above = (readings[checks[i] as number] as number) - (checks[i + 1] as number);
			if (above >>> 0 > (checks[i + 2] as number) >>> 0) return false;
		}
		return true;
	}
}

/** The part that fails most often first, but what the rule is filed under last: a candidate has met it already. */
function inAskingOrder(
	condition: Condition,
	choice: IndexChoice | null,
	selectivity: Selectivity,
): readonly Condition[] {
	if (condition.kind !== 'all') return [condition];
	const isFiledUnder = (part: Condition): boolean =>
		choice?.filedUnder.includes(part as IndexableCondition) ?? false;
	const cost = (part: Condition): number =>
		isFiledUnder(part) ? 2 : part.kind === 'range' || part.kind === 'oneOf' ? selectivity(part) : 1;
	return condition.parts.toSorted((a, b) => cost(a) - cost(b));
}
