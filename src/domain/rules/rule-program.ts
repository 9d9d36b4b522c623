import type { FactSlots } from './fact-slots';
import { chooseIndex } from './choose-index';
import type { IndexableCondition, IndexChoice, Selectivity } from './choose-index';
import { conditionTest } from './condition';
import type { Condition, Test } from './condition';
import type { NumberRange } from './number-range';

/** Asks for `readings[reading]` to be in the range. */
interface Check extends NumberRange {
	readonly reading: number;
}

/** A list of rules with the first check of each beside it, so that most of them are done with in one sweep. */
export interface Candidates {
	readonly rules: Int32Array;
	readonly readings: Int32Array;
	readonly lows: Float64Array;
	readonly highs: Float64Array;
}

/**
 * The conditions of all rules, laid out one behind the other in flat arrays: asking a rule touches a few neighbouring
 * numbers instead of a tree of objects. What has no such form is asked as a function, last.
 */
export class RuleProgram {
	/** Per rule: under what an index files it; null: it has to be asked for every report. */
	readonly choices: readonly (IndexChoice | null)[];
	/** The checks of rule `r` are at `starts[r]..starts[r + 1]`; each rule has at least one. */
	private readonly starts: Int32Array;
	private readonly readings: Int32Array;
	private readonly lows: Float64Array;
	private readonly highs: Float64Array;
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
			if (checks.length === before) checks.push({ reading: slots.zero, low: 0, high: 0 });
			this.starts[rule + 1] = checks.length;
			return others.length === 0 ? null : conditionTest({ kind: 'all', parts: others }, slots);
		});
		this.readings = Int32Array.from(checks, (check) => check.reading);
		this.lows = Float64Array.from(checks, (check) => check.low);
		this.highs = Float64Array.from(checks, (check) => check.high);
	}

	/** To be called when another report has been loaded into the slots. */
	begin(): void {
		this.report += 1;
	}

	/** Whether the report of the last `begin` met the rule when it was asked. */
	wasMet(rule: number): boolean {
		return this.metAt[rule] === this.report;
	}

	/**
	 * Rules whose first checks are of a kind, one behind the other: the processor then mostly guesses right which of
	 * the two comparisons decides. Long sweeps take about a seventh less time.
	 */
	inSweepOrder(rules: Int32Array): Int32Array {
		const { starts, readings, lows, highs } = this;
		const rank = (rule: number): number => {
			const check = starts[rule] as number;
			const kind = lows[check] === -Infinity ? 0 : highs[check] === Infinity ? 1 : 2;
			return kind * 1_000_000 + (readings[check] as number);
		};
		return rules.toSorted((a, b) => rank(a) - rank(b));
	}

	candidates(rules: Int32Array): Candidates {
		const first = rules.map((rule) => this.starts[rule] as number);
		return {
			rules,
			readings: first.map((check) => this.readings[check] as number),
			lows: Float64Array.from(first, (check) => this.lows[check] as number),
			highs: Float64Array.from(first, (check) => this.highs[check] as number),
		};
	}

	/**
	 * Asks the candidates at `[from..to)`; writes those that are met, and were not yet, into `found` from place
	 * `count` on. Returns the new count.
	 */
	ask(candidates: Candidates, from: number, to: number, found: Int32Array, count: number): number {
		const { rules, readings, lows, highs } = candidates;
		const values = this.slots.readings;
		for (let place = from; place < to; place++) {
			const value = values[readings[place] as number] as number;
			// NaN, which stands for no number, is in no range.
			if (value >= (lows[place] as number) && value <= (highs[place] as number)) {
				const rule = rules[place] as number;
				if (this.isMet(rule)) found[count++] = rule;
			}
		}
		return count;
	}

	/** The checks behind the first. False for what was found already. */
	private isMet(rule: number): boolean {
		const { readings, lows, highs, metAt, report } = this;
		const values = this.slots.readings;
		const end = this.starts[rule + 1] as number;
		for (let i = (this.starts[rule] as number) + 1; i < end; i++) {
			const value = values[readings[i] as number] as number;
			if (!(value >= (lows[i] as number) && value <= (highs[i] as number))) return false;
		}
		if (metAt[rule] === report) return false;
		const rest = this.rest[rule];
		if (rest && !rest()) return false;
		metAt[rule] = report;
		return true;
	}
}

/** Null for what is not a range of one reading. */
function checkOf(part: Condition, slots: FactSlots): Check | null {
	if (part.kind === 'range') return { reading: part.slot, low: part.low, high: part.high };
	const [id, ...more] = part.kind === 'oneOf' ? part.constantIds : [];
	if (part.kind !== 'oneOf' || id === undefined || more.length > 0) return null;
	return { reading: slots.count + part.slot, low: id, high: id };
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
