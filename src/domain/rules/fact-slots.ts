import type { AttributeValue } from '../attributes';
import type { FenceSet } from '../geofences/fence-set';
import { FactColumn, NO_CONSTANT, NO_RANK } from './fact-column';
import { attributeOf, POSITION_ATTRIBUTES, recordOf } from './facts';
import type { Facts } from './facts';
import { FenceColumns } from './fence-columns';
import { LearnedNames } from './learned-names';
import type { GeofenceRef } from './pattern';

/**
 * Numbers what rules ask about (attributes, records, geofences), so that a report is looked up by names once and by
 * small integers from then on. The facts loaded last lie open in the arrays.
 */
export class FactSlots {
	readonly columns: FactColumn[] = [];
	private readonly attributes = new Map<string, FactColumn>();
	private readonly records = new Map<string, FactColumn>();
	private readonly fenceColumns = new FenceColumns();
	private readonly names = new LearnedNames(this.attributes);
	private fences: FenceSet | null = null;
	private hasRecords = false;
	private positionColumns: readonly (readonly [name: string, column: FactColumn])[] = [];
	/**
	 * Three integers a slot. At `slot`: the value's rank among the ends of its ranges, or `NO_RANK`; at `count + slot`:
	 * the id of the constant that equals it, or `NO_CONSTANT`; at `2 * count + slot`: 1 when there is a value, else 0.
	 * The first one, of a slot that nothing has, is 0. So every comparison with numbers and constants asks whether one integer is in a range.
	 */
	readings = new Int32Array(0);
	/** Per slot: the value when it is a number; what stands there otherwise says nothing. */
	numbers = new Float64Array(0);
	/** Per slot whose column keeps it: the value, undefined where there is none. */
	readonly values: (AttributeValue | undefined)[] = [];
	/** The slots that have a value, in its first `filledCount` places. */
	filled = new Int32Array(0);
	filledCount = 0;
	/** What was loaded last. */
	facts: Facts | null = null;

	get count(): number {
		return this.columns.length;
	}

	constructor() {
		this.nextColumn();
	}

	attribute(name: string): FactColumn {
		return this.columnIn(this.attributes, name);
	}

	record(name: string): FactColumn {
		return this.columnIn(this.records, name);
	}

	/** Has a value when the last known position is inside the geofence, or one of those with the tag. */
	inside(ref: GeofenceRef): FactColumn {
		return this.fenceColumns.of(ref, () => this.nextColumn());
	}

	/** To be called when everything that rules ask about has its column. */
	seal(fences: FenceSet): void {
		for (const column of this.columns) column.seal();
		this.readings = new Int32Array(3 * this.count).fill(NO_RANK, 1, this.count);
		this.numbers = new Float64Array(this.count);
		this.filled = new Int32Array(this.count);
		this.positionColumns = POSITION_ATTRIBUTES.flatMap((name) => {
			const column = this.attributes.get(name);
			return column === undefined ? [] : [[name, column] as const];
		});
		this.hasRecords = this.records.size > 0;
		this.fenceColumns.resolve(fences);
		this.fences = this.fenceColumns.isEmpty ? null : fences;
	}

	/** Replaces the facts that were loaded before. */
	load(facts: Facts): void {
		this.clear();
		this.facts = facts;
		const { attributes, position } = facts;
		let link = this.names.start;
		for (const name in attributes) {
			const next = link.next;
			link = next !== null && next.name === name ? next : this.names.follow(link, name);
			if (link.column !== null) this.fill(link.column, attributes[name]);
		}
		if (this.hasRecords) {
			for (const [name, column] of this.records) this.fill(column, recordOf(facts, name));
		}
		if (position === null) return;
		for (const [name, column] of this.positionColumns) this.fill(column, attributeOf(facts, name));
		if (this.fences !== null) this.fillFences(this.fences.insideOf(position.longitude, position.latitude));
	}

	private clear(): void {
		const { count, filled, filledCount, readings, values } = this;
		for (let i = 0; i < filledCount; i++) {
			const slot = filled[i] as number;
			readings[slot] = NO_RANK;
			readings[count + slot] = NO_CONSTANT;
			readings[2 * count + slot] = 0;
			values[slot] = undefined;
		}
		this.filledCount = 0;
	}

	/** Takes the place of a value that was filled in before. */
	private fill(column: FactColumn, value: AttributeValue | undefined): void {
		if (value === undefined) return;
		const { count, readings } = this;
		const { slot } = column;
		if (readings[2 * count + slot] === 0) this.filled[this.filledCount++] = slot;
		readings[2 * count + slot] = 1;
		readings[count + slot] = column.idOf(value);
		if (typeof value === 'number') {
			this.numbers[slot] = value;
			readings[slot] = column.rankOf(value);
		} else {
			readings[slot] = NO_RANK;
		}
		if (column.isValueKept) this.values[slot] = value;
	}

	private fillFences(ids: readonly number[]): void {
		for (const id of ids) {
			for (const column of this.fenceColumns.filledBy(id)) this.fill(column, true);
		}
	}

	private columnIn(columns: Map<string, FactColumn>, name: string): FactColumn {
		const known = columns.get(name);
		if (known !== undefined) return known;
		const column = this.nextColumn();
		columns.set(name, column);
		return column;
	}

	private nextColumn(): FactColumn {
		const column = new FactColumn(this.columns.length);
		this.columns.push(column);
		this.values.push(undefined);
		return column;
	}
}
