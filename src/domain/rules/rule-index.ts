import type { AttributeSlots } from './attribute-slots';
import type { IndexableCondition } from './choose-index';
import { NO_CONSTANT } from './attribute-slots';
import { buildRangeGrid } from './range-grid';
import type { FiledRange, RangeGrid } from './range-grid';
import type { RuleProgram } from './rule-program';
import { countUpTo } from './selectivity';

/** Below this many rules, asking each is cheaper than looking any up. */
const SMALLEST_INDEX = 8;

/** Rules that are filed under one attribute. */
interface SlotIndex {
	/** To be asked whenever the attribute is there. */
	readonly present: Int32Array;
	/** Rules by constant: those of id `c` at `rules[starts[c]..starts[c + 1])`. */
	readonly constants: { readonly starts: Int32Array; readonly rules: Int32Array } | null;
	readonly ranges: RangeGrid | null;
}

/** Finds, of some of a program's rules, those that the loaded report can meet at all, and asks them. */
export class RuleIndex {
	private readonly always: Int32Array;
	private readonly bySlot: readonly (SlotIndex | null)[];

	constructor(
		rules: Int32Array,
		private readonly program: RuleProgram,
		private readonly slots: AttributeSlots,
	) {
		if (rules.length <= SMALLEST_INDEX) {
			this.always = rules;
			this.bySlot = [];
			return;
		}
		this.always = rules.filter((rule) => program.choices[rule] === null);
		const filed = Array.from({ length: slots.count }, (): Filed => ({
			present: [],
			constants: [],
			ranges: [],
		}));
		for (const rule of rules) {
			for (const condition of program.choices[rule]?.filedUnder ?? []) {
				fileUnder(filed[condition.slot], rule, condition);
			}
		}
		this.bySlot = filed.map((entries, slot) => toSlotIndex(entries, slots.constantCount(slot)));
	}

	/** Writes the rules that the report meets into `found` from place `count` on; returns the new count. */
	find(found: Int32Array, count: number): number {
		const { always, bySlot, program } = this;
		const { filled, filledCount, numbers, constantIds } = this.slots;
		let total = program.ask(always, 0, always.length, found, count);
		if (bySlot.length === 0) return total;
		for (let i = 0; i < filledCount; i++) {
			const slot = filled[i] as number;
			const index = bySlot[slot];
			if (!index) continue;
			const { present, constants, ranges } = index;
			if (present.length > 0) total = program.ask(present, 0, present.length, found, total);
			const constantId = constantIds[slot] as number;
			if (constants !== null && constantId !== NO_CONSTANT) {
				const { starts, rules } = constants;
				const from = starts[constantId] as number;
				total = program.ask(rules, from, starts[constantId + 1] as number, found, total);
			}
			const number = numbers[slot] as number;
			if (ranges !== null && number === number) {
				const { borders, starts, rules } = ranges;
				const cell = countUpTo(borders, number);
				const from = starts[cell] as number;
				total = program.ask(rules, from, starts[cell + 1] as number, found, total);
			}
		}
		return total;
	}
}

interface Filed {
	readonly present: number[];
	readonly constants: { readonly id: number; readonly rule: number }[];
	readonly ranges: FiledRange[];
}

function fileUnder(filed: Filed | undefined, rule: number, condition: IndexableCondition): void {
	if (condition.kind === 'present') filed?.present.push(rule);
	else if (condition.kind === 'range') {
		filed?.ranges.push({ rule, low: condition.low, high: condition.high });
	} else {
		for (const id of new Set(condition.constantIds)) filed?.constants.push({ id, rule });
	}
}

function toSlotIndex({ present, constants, ranges }: Filed, constantCount: number): SlotIndex | null {
	if (present.length + constants.length + ranges.length === 0) return null;
	return {
		present: Int32Array.from(present),
		constants: constants.length === 0 ? null : byConstant(constants, constantCount),
		ranges: ranges.length === 0 ? null : buildRangeGrid(ranges),
	};
}

function byConstant(
	filed: Filed['constants'],
	constantCount: number,
): { readonly starts: Int32Array; readonly rules: Int32Array } {
	const sorted = filed.toSorted((a, b) => a.id - b.id);
	const starts = new Int32Array(constantCount + 2);
	for (const { id } of sorted) starts[id + 1] = (starts[id + 1] as number) + 1;
	for (let id = 1; id < starts.length; id++) starts[id] = (starts[id] as number) + (starts[id - 1] as number);
	return { starts, rules: Int32Array.from(sorted, ({ rule }) => rule) };
}
