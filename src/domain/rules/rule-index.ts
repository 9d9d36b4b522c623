import type { FactSlots } from './fact-slots';
import type { IndexableCondition } from './choose-index';
import { NO_CONSTANT } from './fact-slots';
import { buildRangeGrid } from './range-grid';
import type { FiledRange, RangeGrid } from './range-grid';
import type { Candidates, RuleProgram } from './rule-program';
import { countUpTo } from './selectivity';

/** Below this many rules, asking each is cheaper than looking any up. */
const SMALLEST_INDEX = 8;

/** Rules that are filed under one attribute. */
interface SlotIndex {
	/** To be asked whenever the attribute is there. */
	readonly present: Candidates;
	/** Rules by constant: those of id `c` at `starts[c]..starts[c + 1]` of the candidates. */
	readonly constants: { readonly starts: Int32Array; readonly candidates: Candidates } | null;
	readonly ranges: { readonly grid: RangeGrid; readonly candidates: Candidates } | null;
}

/** Finds, of some of a program's rules, those that the loaded report can meet at all, and asks them. */
export class RuleIndex {
	private readonly always: Candidates;
	private readonly bySlot: readonly (SlotIndex | null)[];

	constructor(
		rules: Int32Array,
		private readonly program: RuleProgram,
		private readonly slots: FactSlots,
	) {
		if (rules.length <= SMALLEST_INDEX) {
			this.always = program.candidates(rules);
			this.bySlot = [];
			return;
		}
		this.always = program.candidates(rules.filter((rule) => program.choices[rule] === null));
		const filed = Array.from({ length: slots.count }, (): Filed => ({
			present: [],
			constants: [],
			ranges: [],
		}));
		for (const rule of program.inSweepOrder(rules)) {
			for (const condition of program.choices[rule]?.filedUnder ?? []) {
				fileUnder(filed[condition.slot], rule, condition);
			}
		}
		this.bySlot = filed.map((entries, slot) => toSlotIndex(entries, slots.constantCount(slot), program));
	}

	/** Writes the rules that the report meets into `found` from place `count` on; returns the new count. */
	find(found: Int32Array, count: number): number {
		const { always, bySlot, program } = this;
		const { filled, filledCount, readings, count: slotCount } = this.slots;
		let total = program.ask(always, 0, always.rules.length, found, count);
		if (bySlot.length === 0) return total;
		for (let i = 0; i < filledCount; i++) {
			const slot = filled[i] as number;
			const index = bySlot[slot];
			if (!index) continue;
			const { present, constants, ranges } = index;
			const presentCount = present.rules.length;
			if (presentCount > 0) total = program.ask(present, 0, presentCount, found, total);
			const constantId = readings[slotCount + slot] as number;
			if (constants !== null && constantId !== NO_CONSTANT) {
				const { starts, candidates } = constants;
				const from = starts[constantId] as number;
				total = program.ask(candidates, from, starts[constantId + 1] as number, found, total);
			}
			const number = readings[slot] as number;
			if (ranges !== null && number === number) {
				const { borders, starts } = ranges.grid;
				const cell = countUpTo(borders, number);
				const from = starts[cell] as number;
				total = program.ask(ranges.candidates, from, starts[cell + 1] as number, found, total);
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

function toSlotIndex(
	{ present, constants, ranges }: Filed,
	constantCount: number,
	program: RuleProgram,
): SlotIndex | null {
	if (present.length + constants.length + ranges.length === 0) return null;
	const grid = buildRangeGrid(ranges);
	return {
		present: program.candidates(Int32Array.from(present)),
		constants: constants.length === 0 ? null : byConstant(constants, constantCount, program),
		ranges: ranges.length === 0 ? null : { grid, candidates: program.candidates(grid.rules) },
	};
}

function byConstant(
	filed: Filed['constants'],
	constantCount: number,
	program: RuleProgram,
): SlotIndex['constants'] {
	const sorted = filed.toSorted((a, b) => a.id - b.id);
	const starts = new Int32Array(constantCount + 2);
	for (const { id } of sorted) starts[id + 1] = (starts[id + 1] as number) + 1;
	for (let id = 1; id < starts.length; id++) starts[id] = (starts[id] as number) + (starts[id - 1] as number);
	return { starts, candidates: program.candidates(Int32Array.from(sorted, ({ rule }) => rule)) };
}
