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

	constructor(
		shape: string,
		private readonly windowMs: number,
		context: NodeContext,
	) {
		this.slot = context.slot(`samples ${shape}`);
	}

	/** The window up to the moment, which adds `value` unless it is undefined. */
	take(moment: Moment, value: number | undefined): Window {
		let list = this.slot.read(moment);
		if (value !== undefined) {
			if (list === null) {
				list = [];
				this.slot.write(moment, list);
			}
			list.push(moment.at, value);
			moment.hasNewMemory = true;
		}
		const window = this.read(moment);
		if (list === null || window.from <= MOST_PAST) {
			if (list !== null && window.from === list.length) this.slot.write(moment, null);
			return window;
		}
		list.splice(0, window.from);
		moment.hasNewMemory = true;
		if (list.length === 0) this.slot.write(moment, null);
		return { list, from: 0 };
	}

	/** As it is remembered, without what is past at the moment. */
	read(moment: Moment): Window {
		const list = this.slot.read(moment);
		if (list === null) return EMPTY;
		const oldest = moment.at - this.windowMs;
		let from = 0;
		while (from < list.length && (list[from] as number) <= oldest) from += 2;
		return { list, from };
	}
}
