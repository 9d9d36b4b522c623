import type { Moment, Slot } from './moment';
import type { NodeContext } from './pattern-node';

/** What the reports of a window carried: of `list`, from `from` on, time and value in turn; oldest first. */
export interface Window {
	readonly list: readonly number[];
	readonly from: number;
}

const EMPTY: Window = Object.freeze({ list: Object.freeze([]), from: 0 });
/** So much of a list may be past before it is cut off. */
const MOST_PAST = 32;

/** The samples of the last `windowMs`. */
export class Samples {
	private readonly slot: Slot<number[]>;
	/** Tells what the samples are of, and the window. */
	readonly key: string;

	constructor(
		shape: string,
		private readonly windowMs: number,
		context: NodeContext,
	) {
		this.key = `${windowMs} ${shape}`;
		// What is shared must never be taken for a list of another window, after a rule was changed.
		this.slot = context.slot(`samples ${this.key}`);
	}

	/** Whether another rule, which shares the list, has added the moment already. */
	isTaken(moment: Moment): boolean {
		const own = this.slot.read(moment);
		if (own === null || moment.samples?.get(this.key)?.includes(own) !== true) return false;
		moment.hasNewMemory = true;
		return true;
	}

	/** Adds `value` unless it is undefined, and forgets what is past; whether anything is left. */
	take(moment: Moment, value: number | undefined): boolean {
		if (value !== undefined) return this.add(moment, value);
		const list = this.slot.read(moment);
		if (list === null) return false;
		const oldest = moment.at - this.windowMs;
		if ((list[list.length - 2] as number) <= oldest) {
			this.slot.write(moment, null);
			return false;
		}
		return true;
	}

	/**
	 * Most rules that ask for the same window have seen the same reports: they share one list, which the first of them
	 * that a report comes to adds to.
	 */
	private add(moment: Moment, value: number): true {
		if (this.isTaken(moment)) return true;
		const list = this.slot.read(moment) ?? [];
		moment.hasNewMemory = true;
		if (list.length > MOST_PAST && (list[MOST_PAST] as number) <= moment.at - this.windowMs) {
			list.splice(0, this.read(moment).from);
		}
		list.push(moment.at, value);
		moment.samples ??= new Map<string, number[][]>();
		const lists = moment.samples.get(this.key) ?? [];
		const same = lists.find((other) => isSame(this.windowOf(list, moment), this.windowOf(other, moment)));
		// Others may still have the list, though this rule goes on with another one.
		lists.push(list);
		moment.samples.set(this.key, lists);
		this.slot.write(moment, same ?? list);
		return true;
	}

	/** As it is remembered, without what is past at the moment. */
	read(moment: Moment): Window {
		const list = this.slot.read(moment);
		return list === null ? EMPTY : this.windowOf(list, moment);
	}

	private windowOf(list: readonly number[], moment: Moment): Window {
		const oldest = moment.at - this.windowMs;
		let from = 0;
		while (from < list.length && (list[from] as number) <= oldest) from += 2;
		return { list, from };
	}
}

function isSame(one: Window, other: Window): boolean {
	const length = one.list.length - one.from;
	if (other.list.length - other.from !== length) return false;
	for (let i = 0; i < length; i++) {
		if (one.list[one.from + i] !== other.list[other.from + i]) return false;
	}
	return true;
}
