import type { AttributeSlots } from './attribute-slots';
import { chooseIndex } from './choose-index';
import type { IndexableCondition, IndexChoice, Selectivity } from './choose-index';
import { conditionTest } from './condition';
import type { Condition, Test } from './condition';

/**
 * The conditions of all rules, laid out one behind the other in flat arrays: asking a rule touches a few neighbouring
 * numbers instead of a tree of objects. What has no such form is asked as a function, last.
 */
export class RuleProgram {
	/** Per rule: under what an index files it; null: it has to be asked for every report. */
	readonly choices: readonly (IndexChoice | null)[];
	private readonly rangeStarts: Int32Array;
	private readonly rangeSlots: Int32Array;
	private readonly lows: Float64Array;
	private readonly highs: Float64Array;
	private readonly equalStarts: Int32Array;
	private readonly equalSlots: Int32Array;
	private readonly equalIds: Int32Array;
	private readonly rest: readonly (Test | null)[];
	/** Per rule: the last report that met it. */
	private readonly metAt: Float64Array;
	private report = 0;

	constructor(
		conditions: readonly Condition[],
		private readonly slots: AttributeSlots,
		selectivity: Selectivity,
	) {
		this.choices = conditions.map((condition) => chooseIndex(condition, selectivity));
		this.metAt = new Float64Array(conditions.length);
		this.rangeStarts = new Int32Array(conditions.length + 1);
		this.equalStarts = new Int32Array(conditions.length + 1);
		const ranges: Extract<Condition, { kind: 'range' }>[] = [];
		const equals: { slot: number; id: number }[] = [];
		this.rest = conditions.map((condition, rule) => {
			const others: Condition[] = [];
			for (const part of inAskingOrder(condition, this.choices[rule] ?? null, selectivity)) {
				const [id, ...more] = part.kind === 'oneOf' ? part.constantIds : [];
				if (part.kind === 'range') ranges.push(part);
				else if (part.kind === 'oneOf' && id !== undefined && more.length === 0) {
					equals.push({ slot: part.slot, id });
				} else others.push(part);
			}
			this.rangeStarts[rule + 1] = ranges.length;
			this.equalStarts[rule + 1] = equals.length;
			return others.length === 0 ? null : conditionTest({ kind: 'all', parts: others }, slots);
		});
		this.rangeSlots = Int32Array.from(ranges, (range) => range.slot);
		this.lows = Float64Array.from(ranges, (range) => range.low);
		this.highs = Float64Array.from(ranges, (range) => range.high);
		this.equalSlots = Int32Array.from(equals, (equal) => equal.slot);
		this.equalIds = Int32Array.from(equals, (equal) => equal.id);
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
	 * Asks the rules in `candidates[from..to)`; writes those that are met, and were not yet, into `found` from place
	 * `count` on. Returns the new count.
	 */
	ask(candidates: Int32Array, from: number, to: number, found: Int32Array, count: number): number {
		const { rangeStarts, rangeSlots, lows, highs, equalStarts, equalSlots, equalIds, metAt, report } = this;
		const { numbers, constantIds } = this.slots;
		next: for (let place = from; place < to; place++) {
			const rule = candidates[place] as number;
			const rangesEnd = rangeStarts[rule + 1] as number;
			for (let i = rangeStarts[rule] as number; i < rangesEnd; i++) {
				const value = numbers[rangeSlots[i] as number] as number;
				// Written so that NaN, which stands for no number, is out of every range.
				if (!(value >= (lows[i] as number) && value <= (highs[i] as number))) continue next;
			}
			const equalsEnd = equalStarts[rule + 1] as number;
			for (let i = equalStarts[rule] as number; i < equalsEnd; i++) {
				if (constantIds[equalSlots[i] as number] !== equalIds[i]) continue next;
			}
			const rest = this.rest[rule];
			if (metAt[rule] === report || (rest && !rest())) continue;
			metAt[rule] = report;
			found[count++] = rule;
		}
		return count;
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
