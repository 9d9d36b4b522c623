import { greatCircleKilometers } from '../../geofences/distance';
import type { Position } from '../../status';
import { ownValue } from '../facts';
import { operandOf } from '../operand';
import type { Aggregate } from '../pattern';
import type { Moment } from './moment';
import type { NodeContext, PatternNode } from './pattern-node';
import { Samples } from './samples';
import type { Window } from './samples';

interface Source {
	/** What a report adds to the samples: undefined when it does not count. */
	take(moment: Moment): number | undefined;
	/** To be called when the window is empty. */
	forget?(moment: Moment): void;
}

export function aggregateNode(pattern: Aggregate, context: NodeContext): PatternNode {
	const { aggregate, attribute, withinSeconds } = pattern;
	const isDistance = aggregate === 'distance';
	const samples = new Samples(isDistance ? 'of distance' : (attribute ?? ''), withinSeconds * 1000, context);
	const source = isDistance ? legs(context) : valuesOf(attribute ?? '');
	const meetsBound = boundTest(pattern);
	const resultOf = RESULTS[aggregate];
	const remember = (moment: Moment): boolean => {
		if (!isDistance && samples.isTaken(moment)) return true;
		const hasSamples = samples.take(moment, moment.carried === null ? undefined : source.take(moment));
		if (!hasSamples) source.forget?.(moment);
		return hasSamples;
	};
	return {
		pattern,
		parts: [],
		remember,
		// The way remembers where it has come to besides.
		...(!isDistance && { sleep: { key: samples.key, wakes: () => true } }),
		meets(moment) {
			if (!remember(moment)) return false;
			const result = resultOf(samples.read(moment));
			return result !== undefined && meetsBound(result, moment);
		},
		detail(moment) {
			const window = samples.read(moment);
			const result = resultOf(window);
			const count = countOf(window);
			const reports = count === 1 ? '1 report' : `${count} reports`;
			return result === undefined ? `${reports} in the window` : `${round(result)} over ${reports}`;
		},
	};
}

function valuesOf(attribute: string): Source {
	return {
		take({ carried }) {
			const value = carried === null ? undefined : ownValue(carried, attribute);
			return typeof value === 'number' ? value : undefined;
		},
	};
}

/** Of a position: the kilometres since the position before, which is remembered beside the samples. */
function legs(context: NodeContext): Source {
	const lastLongitude = context.slot<number>('longitude');
	const lastLatitude = context.slot<number>('latitude');
	const remember = (moment: Moment, position: Position | null): void => {
		lastLongitude.write(moment, position?.longitude ?? null);
		lastLatitude.write(moment, position?.latitude ?? null);
	};
	return {
		take(moment) {
			const { carried, position } = moment;
			if (carried === null || position === null || !Object.hasOwn(carried, 'latitude')) return undefined;
			const longitude = lastLongitude.read(moment);
			const latitude = lastLatitude.read(moment);
			remember(moment, position);
			if (longitude === null || latitude === null) return 0;
			return greatCircleKilometers({ longitude, latitude }, position);
		},
		forget: (moment) => remember(moment, null),
	};
}

/** Sums go from the oldest to the newest, each time anew: what was added and taken away leaves no rounding behind. */
const RESULTS: Readonly<Record<Aggregate['aggregate'], (window: Window) => number | undefined>> = {
	min: (window) => extreme(window, (value, least) => value < least),
	max: (window) => extreme(window, (value, most) => value > most),
	sum: (window) => (countOf(window) === 0 ? undefined : sum(window, window.from)),
	average: (window) => {
		const count = countOf(window);
		return count === 0 ? undefined : sum(window, window.from) / count;
	},
	change: (window) => {
		const { list, from } = window;
		return countOf(window) < 2 ? undefined : (list[list.length - 1] as number) - (list[from + 1] as number);
	},
	// The oldest position in the window was not reached within it.
	distance: (window) => (countOf(window) < 2 ? undefined : sum(window, window.from + 2)),
};

function countOf({ list, from }: Window): number {
	return (list.length - from) / 2;
}

function sum({ list }: Window, from: number): number {
	let total = 0;
	for (let i = from + 1; i < list.length; i += 2) total += list[i] as number;
	return total;
}

function extreme(
	{ list, from }: Window,
	isMore: (value: number, than: number) => boolean,
): number | undefined {
	let found = list[from + 1];
	for (let i = from + 3; i < list.length; i += 2) {
		const value = list[i] as number;
		if (isMore(value, found as number)) found = value;
	}
	return found;
}

function boundTest({
	aggregate,
	operator,
	value,
	unit,
}: Aggregate): (actual: number, moment: Moment) => boolean {
	const isDifference = aggregate === 'change';
	const operands = (
		Array.isArray(value) ? (value as readonly number[]) : [value as Exclude<typeof value, readonly unknown[]>]
	).map((one) => operandOf(one, unit, { isDifference }));
	const meets = BOUNDS[operator];
	return (actual, moment) => {
		const low = operands[0]?.(moment);
		const high = operator === 'between' ? operands[1]?.(moment) : low;
		return typeof low === 'number' && typeof high === 'number' && meets(actual, low, high);
	};
}

const BOUNDS: Readonly<
	Record<Aggregate['operator'], (actual: number, low: number, high: number) => boolean>
> = {
	lt: (actual, bound) => actual < bound,
	lte: (actual, bound) => actual <= bound,
	gt: (actual, bound) => actual > bound,
	gte: (actual, bound) => actual >= bound,
	between: (actual, low, high) => actual >= low && actual <= high,
};

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
