import type { Moment, Slot } from './moment';
import type { NodeContext } from './pattern-node';

/** What the reports of a window carried: of `list`, time and value in turn, the part from `from` to before `to`. */
export interface Window {
	readonly list: readonly number[];
	readonly from: number;
	readonly to: number;
}

const EMPTY: Window = Object.freeze({ list: Object.freeze([]), from: 0, to: 0 });
/** So much of a list may be past before it is cut off. */
const MOST_PAST = 32;

/**
 * The samples of the last `windowMs`, oldest first. A longer list serves all states that it has been part of, each
 * knowing its own end, so that a report need not copy a whole window: what lies before an end never changes.
 */
export class Samples {
	private readonly list: Slot<number[]>;
	private readonly from: Slot<number>;
	private readonly to: Slot<number>;

	constructor(
		shape: string,
		private readonly windowMs: number,
		context: NodeContext,
	) {
		this.list = context.slot(`samples ${shape}`);
		this.from = context.slot('from');
		this.to = context.slot('to');
	}

	/** The window up to the moment, which adds `value` unless it is undefined. */
	take(moment: Moment, value: number | undefined): Window {
		const window = this.read(moment);
		if (value !== undefined) return this.append(moment, window, value);
		if (window.from === window.to) this.forget(moment);
		return window;
	}

	/** As it is remembered, without what is past at the moment. */
	read(moment: Moment): Window {
		const list = this.list.read(moment);
		if (list === null) return EMPTY;
		const to = this.to.read(moment) ?? 0;
		const oldest = moment.at - this.windowMs;
		let from = this.from.read(moment) ?? 0;
		while (from < to && (list[from] as number) <= oldest) from += 2;
		return { list, from, to };
	}

	private forget(moment: Moment): void {
		this.list.write(moment, null);
		this.from.write(moment, null);
		this.to.write(moment, null);
	}

	private append(moment: Moment, { from, to }: Window, value: number): Window {
		let list = this.list.read(moment);
		let start = from;
		let end = to;
		if (list === null || list.length !== to || from > MOST_PAST) {
			// Another state has gone on from here, or too much is past.
			list = list === null ? [] : list.slice(from, to);
			start = 0;
			end = list.length;
			this.list.write(moment, list);
		}
		list.push(moment.at, value);
		this.from.write(moment, start);
		this.to.write(moment, end + 2);
		return { list, from: start, to: end + 2 };
	}
}
