import type { Pattern } from '../pattern';
import type { Moment } from './moment';
import { Slot } from './moment';

/** How a part that only collects samples sleeps: rules that collect the same ones need not be asked one by one. */
export interface Sleep {
	/** Tells the samples: what they are of, and the window. */
	readonly key: string;
	/** Whether the part has to be asked: it is not met otherwise. */
	readonly wakes: (moment: Moment) => boolean;
}

/** A part of a rule's pattern, ready to be asked moment by moment. */
export interface PatternNode {
	readonly pattern: Pattern;
	readonly parts: readonly PatternNode[];
	/** Takes the moment into what is remembered; every moment of the rule comes either here or to `remember`, once. */
	readonly meets: (moment: Moment) => boolean;
	/** Takes the moment likewise where nobody needs to know whether it is met. Null: there is nothing to remember. */
	readonly remember: ((moment: Moment) => void) | null;
	/** For a part that remembers one list of samples and nothing else. */
	readonly sleep?: Sleep;
	/** In words, what decided; asked after `meets`, of the same moment. */
	readonly detail?: (moment: Moment) => string;
}

/** A part that has to find out whether it is met in order to remember. */
export function rememberingNode(node: Omit<PatternNode, 'remember'>): PatternNode {
	return { ...node, remember: node.meets };
}

/**
 * When the clock alone may change what a part says next, in milliseconds; Infinity for never. Only what lies behind
 * `after` counts, which is the last moment at which the rule was asked.
 */
export type Timer = (moment: Moment, after: number) => number;

/** Collects what the parts of one rule share while its patterns are compiled. */
export interface NodeContext {
	/** A break in the reports that is longer ends what holds; Infinity: none does. */
	readonly maxGapMs: number;
	readonly timers: Timer[];
	/** A place to remember something in. What is remembered under another `shape` would be misread. */
	slot<T>(shape: string): Slot<T>;
}

export function nodeContext(maxGapMs: number, shapes: string[]): NodeContext {
	return {
		maxGapMs,
		timers: [],
		// The first place tells the shape of all others.
		slot: <T>(shape: string) => new Slot<T>(shapes.push(shape)),
	};
}
