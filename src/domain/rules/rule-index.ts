import type { IndexableCondition } from './choose-index';
import { NO_CONSTANT, NO_RANK } from './fact-column';
import type { FactColumn } from './fact-column';
import type { FactSlots } from './fact-slots';
import { buildRankCells } from './rank-cells';
import type { FiledRange, RankCells } from './rank-cells';
import type { Candidates, RuleProgram } from './rule-program';

/** Below this many rules, asking each is cheaper than looking any up. */
const SMALLEST_INDEX = 8;

/** Where among the index's candidates those stand that are filed under one slot. */
interface SlotIndex {
	/** To be asked whenever there is a value. */
	readonly presentFrom: number;
	readonly presentTo: number;
	/** By constant: those of id `c` are at `constantStarts[c]..constantStarts[c + 1]`; null: none. */
	readonly constantStarts: Int32Array | null;
	/** By cell of ranks, likewise. */
	readonly cellOfRank: Uint8Array | null;
	readonly cellStarts: Int32Array;
}

/** Finds, of some of a program's rules, those that the loaded report can meet at all, and asks them. */
export class RuleIndex {
	/** Those that are asked for every report come first, `alwaysCount` of them. */
	private readonly candidates: Candidates;
	private readonly alwaysCount: number;
	private readonly bySlot: readonly (SlotIndex | null)[];
	private readonly passed: Int32Array;

	constructor(
		rules: Int32Array,
		private readonly program: RuleProgram,
		private readonly slots: FactSlots,
	) {
		const isSmall = rules.length <= SMALLEST_INDEX;
		const always = isSmall ? rules : rules.filter((rule) => program.choices[rule] === null);
		this.alwaysCount = always.length;
		const order = Array.from(always);
		this.bySlot = isSmall
			? []
			: file(rules, program, slots.columns).map((filed, slot) =>
					toSlotIndex(filed, slots.columns[slot] as FactColumn, order),
				);
		this.candidates = program.candidates(order);
		// One more, since a sweep writes before it knows whether to keep.
		this.passed = new Int32Array(order.length + 1);
	}

	/** Writes the rules that the report meets into `found` from place `count` on; returns the new count. */
	find(found: Int32Array, count: number): number {
		const { bySlot, candidates, passed, program } = this;
		const { filled, filledCount, readings, count: slotCount } = this.slots;
		let total = program.sweep(candidates, 0, this.alwaysCount, passed, 0);
		for (let i = 0; i < filledCount; i++) {
			const slot = filled[i] as number;
			const index = bySlot[slot];
			if (!index) continue;
			const { presentFrom, presentTo, constantStarts, cellOfRank, cellStarts } = index;
			if (presentFrom < presentTo) total = program.sweep(candidates, presentFrom, presentTo, passed, total);
			const id = readings[slotCount + slot] as number;
			if (constantStarts !== null && id !== NO_CONSTANT) {
				const from = constantStarts[id] as number;
				total = program.sweep(candidates, from, constantStarts[id + 1] as number, passed, total);
			}
			const rank = readings[slot] as number;
			if (cellOfRank !== null && rank !== NO_RANK) {
				const cell = cellOfRank[rank] as number;
				const from = cellStarts[cell] as number;
				total = program.sweep(candidates, from, cellStarts[cell + 1] as number, passed, total);
			}
		}
		return program.ask(passed, total, found, count);
	}
}

interface Filed {
	readonly present: number[];
	readonly constants: { readonly id: number; readonly rule: number }[];
	readonly ranges: FiledRange[];
}

/** By slot, what the program has chosen to file the rules under. */
function file(rules: Int32Array, program: RuleProgram, columns: readonly FactColumn[]): readonly Filed[] {
	const filed = columns.map((): Filed => ({ present: [], constants: [], ranges: [] }));
	for (const rule of rules) {
		for (const condition of program.choices[rule]?.filedUnder ?? []) {
			fileUnder(filed[condition.slot] as Filed, rule, condition);
		}
	}
	return filed;
}

function fileUnder(filed: Filed, rule: number, condition: IndexableCondition): void {
	if (condition.kind === 'present') filed.present.push(rule);
	else if (condition.kind === 'range') {
		filed.ranges.push({ rule, low: condition.low, high: condition.high });
	} else {
		for (const id of new Set(condition.constantIds)) filed.constants.push({ id, rule });
	}
}

/** Appends the slot's rules to `order`, which says what is where among the candidates. */
function toSlotIndex(filed: Filed, column: FactColumn, order: number[]): SlotIndex | null {
	const { present, constants, ranges } = filed;
	if (present.length + constants.length + ranges.length === 0) return null;
	const presentFrom = order.length;
	for (const rule of present) order.push(rule);
	const presentTo = order.length;
	const constantStarts = constants.length === 0 ? null : byConstant(constants, column.constantCount, order);
	const cells: RankCells | null = ranges.length === 0 ? null : buildRankCells(ranges, column);
	const cellsFrom = order.length;
	for (const rule of cells?.rules ?? []) order.push(rule);
	return {
		presentFrom,
		presentTo,
		constantStarts,
		cellOfRank: cells?.cellOfRank ?? null,
		cellStarts: (cells?.starts ?? new Int32Array(0)).map((start) => start + cellsFrom),
	};
}

function byConstant(filed: Filed['constants'], constantCount: number, order: number[]): Int32Array {
	const from = order.length;
	const starts = new Int32Array(constantCount + 2);
	for (const { id } of filed) starts[id + 1] = (starts[id + 1] as number) + 1;
	for (let id = 1; id < starts.length; id++) starts[id] = (starts[id] as number) + (starts[id - 1] as number);
	for (const { rule } of filed.toSorted((a, b) => a.id - b.id)) order.push(rule);
	return starts.map((start) => start + from);
}
