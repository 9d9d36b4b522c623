import { greatCircleKilometers } from '../../geofences/distance';
import { operandOf } from '../operand';
import type { Aggregate } from '../pattern';
import type { Moment } from './moment';
import type { NodeContext, PatternNode } from './pattern-node';

/** Times and what was reported then, in turn: time, value, time, value; oldest first. */
type Samples = readonly number[];

const NO_SAMPLES: Samples = Object.freeze([]);

/** Takes what a report adds to the samples: undefined when it does not count. */
type Take = (moment: Moment) => number | undefined;

export function aggregateNode(pattern: Aggregate, context: NodeContext): PatternNode {
	const windowMs = pattern.withinSeconds * 1000;
	const { aggregate, attribute } = pattern;
	const kept = context.slot<Samples>(
		`samples ${aggregate === 'distance' ? 'of distance' : (attribute ?? '')}`,
	);
	const take = aggregate === 'distance' ? legs(context) : valuesOf(attribute ?? '');
	const meetsBound = boundTest(pattern);
	const resultOf = RESULTS[aggregate];
	return {
		pattern,
		parts: [],
		meets(moment) {
			const known = kept.read(moment) ?? NO_SAMPLES;
			const oldest = moment.at - windowMs;
			let first = 0;
			while (first < known.length && (known[first] as number) <= oldest) first += 2;
			const value = moment.carried === null ? undefined : take(moment);
			let samples = known;
			if (first > 0 || value !== undefined) {
				const changed = first === 0 ? known.slice() : known.slice(first);
				if (value !== undefined) changed.push(moment.at, value);
				samples = changed;
				kept.write(moment, changed.length === 0 ? null : changed);
			}
			const result = resultOf(samples);
			return result !== undefined && meetsBound(result, moment);
		},
		detail(moment) {
			const samples = kept.read(moment) ?? NO_SAMPLES;
			const result = resultOf(samples);
			const reports = samples.length === 2 ? '1 report' : `${samples.length / 2} reports`;
			return result === undefined ? `${reports} in the window` : `${round(result)} over ${reports}`;
		},
	};
}

function valuesOf(attribute: string): Take {
	return ({ carried }) => {
		if (carried === null || !Object.hasOwn(carried, attribute)) return undefined;
		const value = carried[attribute];
		return typeof value === 'number' ? value : undefined;
	};
}

/** Of a position: the kilometres since the position before; where that was is remembered beside the samples. */
function legs(context: NodeContext): Take {
	const last = context.slot<readonly [longitude: number, latitude: number]>('position');
	return (moment) => {
		const { carried, position } = moment;
		if (carried === null || position === null || !Object.hasOwn(carried, 'latitude')) return undefined;
		const from = last.read(moment);
		const { longitude, latitude } = position;
		if (from === null || from[0] !== longitude || from[1] !== latitude) {
			last.write(moment, [longitude, latitude]);
		}
		return from === null ? 0 : greatCircleKilometers({ longitude: from[0], latitude: from[1] }, position);
	};
}

/** Sums go from the oldest to the newest, each time anew: what was added and taken away leaves no rounding behind. */
const RESULTS: Readonly<Record<Aggregate['aggregate'], (samples: Samples) => number | undefined>> = {
	min: (samples) => extreme(samples, (value, least) => value < least),
	max: (samples) => extreme(samples, (value, most) => value > most),
	sum: (samples) => (samples.length === 0 ? undefined : sumFrom(samples, 0)),
	average: (samples) => (samples.length === 0 ? undefined : sumFrom(samples, 0) / (samples.length / 2)),
	change: (samples) =>
		samples.length < 4 ? undefined : (samples[samples.length - 1] as number) - (samples[1] as number),
	// The oldest position in the window was not reached within it.
	distance: (samples) => (samples.length < 4 ? undefined : sumFrom(samples, 1)),
};

function sumFrom(samples: Samples, first: number): number {
	let sum = 0;
	for (let i = 2 * first + 1; i < samples.length; i += 2) sum += samples[i] as number;
	return sum;
}

function extreme(samples: Samples, isMore: (value: number, than: number) => boolean): number | undefined {
	let found = samples[1];
	for (let i = 3; i < samples.length; i += 2) {
		const value = samples[i] as number;
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
