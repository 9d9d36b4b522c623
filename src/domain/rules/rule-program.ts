import { ALWAYS_MET, CHECK_SIZE, checkOf, packChecks } from './checks';
import type { Check } from './checks';
import { chooseIndex } from './choose-index';
import type { IndexableCondition, IndexChoice, Selectivity } from './choose-index';
import { conditionTest } from './condition';
import type { Condition, Test } from './condition';
import type { FactSlots } from './fact-slots';

/** Rules with the first check of each, packed into two integers, since what a sweep costs is memory. */
export interface Candidates {
	/** The reading, then the rule in the last `ruleBits`. */
	readonly places: Int32Array;
	/** The width, then the low end, 16 bits each. */
	readonly spans: Int32Array;
	readonly ruleBits: number;
}

/** A check of higher ranks is not packed: it is asked with the others. */
const MOST_RANK = 0xffff;

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
			if (checks.length === before) checks.push(ALWAYS_MET);
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
	candidates(rules: readonly number[]): Candidates {
		const places = new Int32Array(rules.length);
		const spans = new Int32Array(rules.length);
		const ruleBits = 32 - Math.clz32(this.rest.length);
		rules.forEach((rule, i) => {
			const start = this.starts[rule] as number;
			const [reading = 0, low = 0, width = 0] = this.checks.subarray(start, start + CHECK_SIZE);
			const fits = reading < 2 ** (32 - ruleBits) && low <= MOST_RANK && width <= MOST_RANK;
			// Else the first reading, 0, for which the span asks.
			places[i] = fits ? (reading << ruleBits) | rule : rule;
			spans[i] = fits ? (width << 16) | low : 0;
		});
		return { places, spans, ruleBits };
	}

	/**
	 * Asks the first checks of the candidates at `[from..to)`; writes the rules that pass into `passed` from place
	 * `count` on, which must have room for all and one more. Returns the new count.
	 */
	sweep(candidates: Candidates, from: number, to: number, passed: Int32Array, count: number): number {
		const { readings } = this.slots;
		const { places, spans, ruleBits } = candidates;
		const ruleMask = (1 << ruleBits) - 1;
		let total = count;
		for (let i = from; i < to; i++) {
			const place = places[i] as number;
			const span = spans[i] as number;
			const above = (readings[place >>> ruleBits] as number) - (span & MOST_RANK);
			passed[total] = place & ruleMask;
			// Counted, not branched on, since no processor could guess: the sign bit is set unless 0 <= above <= width.
			total += 1 - ((above | ((span >>> 16) - above)) >>> 31);
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

	private meetsChecks(rule: number): boolean {
		const { checks, starts } = this;
		const { readings } = this.slots;
		const end = starts[rule + 1] as number;
		for (let i = starts[rule] as number; i < end; i += CHECK_SIZE) {
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
