import fc from 'fast-check';
import type { Position } from '../../status';
import type { WatchedVehicle } from '../run-rules';
import { attributes, records } from './arbitrary-comparisons';
import { arbitraryRules, arbitraryWatches } from './arbitrary-rules';
import { BASE_LATITUDE, FENCES, MERIDIAN, STEP_DEGREES } from './fences';
import type { ActiveSet, TraceReport } from './reference-facts';

/** What may happen before a report besides time passing; none of it may change what fires. */
export interface Disturbance {
	/** The states go through JSON, and the run begins anew. */
	readonly restarts: boolean;
	/** The rules are compiled anew. */
	readonly recompiles: boolean;
	/** How far, in percent of the time up to the report, timers are rung before it; null for not at all. */
	readonly ringsTo: number | null;
}

/** A report of one of several vehicles, in the order of time. */
export interface TraceStep {
	readonly report: TraceReport;
	readonly disturbance: Disturbance;
}

export interface Trace {
	/** The rules change once: `sets` are those before and after. */
	readonly sets: readonly [ActiveSet, ActiveSet];
	readonly steps: readonly TraceStep[];
	/** Whether the second set is made out of the first, not compiled anew. */
	readonly isPatched: boolean;
	/** Timers ring up to here. */
	readonly until: number;
}

/** A minute or two before clocks change in Berlin, and before midnight in UTC and in Berlin. */
export const begin = fc.constantFrom(
	...['2026-03-29T00:58:30Z', '2026-10-25T00:58:30Z', '2026-03-01T23:58:30Z', '2026-03-01T22:58:00Z'].map(
		(text) => Date.parse(text),
	),
);

export const arbitraryPause = fc.oneof(
	{ weight: 8, arbitrary: fc.constantFrom(10_000, 0, 5000, 15_000, 20_000) },
	{ weight: 2, arbitrary: fc.constantFrom(30_000, 60_000, 100_000) },
	{ weight: 1, arbitrary: fc.constantFrom(1, 9999, 10_001) },
);

export const position: fc.Arbitrary<Position> = fc.oneof(
	{
		weight: 9,
		arbitrary: fc
			.integer({ min: -1, max: 8 })
			.map((steps) => ({ latitude: BASE_LATITUDE + steps * STEP_DEGREES, longitude: MERIDIAN })),
	},
	fc.constant({ latitude: BASE_LATITUDE, longitude: MERIDIAN + 1, heading: 90 }),
);

const vehicleId = fc.constantFrom(1, 1, 1, 2, 3);
export const vehicleRecord: fc.Arbitrary<Omit<WatchedVehicle, 'id'>> = fc.record({
	customerId: fc.option(fc.integer({ min: 1, max: 3 })),
	attributes: records,
	customerAttributes: records,
});

const sometimes = (oneIn: number): fc.Arbitrary<boolean> =>
	fc.integer({ min: 1, max: oneIn }).map((n) => n === 1);

const arbitraryStep = fc.record({
	vehicleId,
	pauseMs: arbitraryPause,
	attributes,
	position: fc.option(position),
	isOtherRecord: sometimes(8),
	acknowledges: sometimes(6),
	disturbance: fc.record({
		restarts: sometimes(3),
		recompiles: sometimes(6),
		ringsTo: fc.option(fc.constantFrom(0, 30, 50, 99, 100)),
	}),
});

/** Most rules are in both sets. */
const arbitrarySets = (maxRules: number): fc.Arbitrary<[ActiveSet, ActiveSet]> =>
	fc
		.tuple(
			arbitraryRules(maxRules, 1),
			fc.array(fc.constantFrom('both', 'both', 'both', 'both', 'before', 'after'), {
				minLength: maxRules,
				maxLength: maxRules,
			}),
			arbitraryWatches,
			arbitraryWatches,
			fc.boolean(),
		)
		.map(([rules, when, watches, otherWatches, isSame]) => {
			const only = (other: string) => rules.filter((_, index) => when[index] !== other);
			return [
				{ rules: only('after'), taskWatches: watches, geofences: FENCES },
				{ rules: only('before'), taskWatches: isSame ? watches : otherWatches, geofences: FENCES },
			];
		});

export const arbitraryTrace = ({ maxRules = 4, maxReports = 24 } = {}): fc.Arbitrary<Trace> =>
	fc
		.record({
			sets: arbitrarySets(maxRules),
			changesAt: fc.integer({ min: 0, max: 2 * maxReports }),
			begin,
			records: fc.array(vehicleRecord, { minLength: 2, maxLength: 2 }),
			steps: fc.array(arbitraryStep, { minLength: 1, maxLength: maxReports, size: 'max' }),
			isPatched: fc.boolean(),
			afterMs: fc.constantFrom(0, 10_000, 30_000, 200_000),
		})
		.map(({ sets, changesAt, begin: from, records: pair, steps: drafts, isPatched, afterMs }) => {
			let at = from;
			const steps = drafts.map((draft, index): TraceStep => {
				at += draft.pauseMs;
				const record = pair[draft.isOtherRecord ? 1 : 0];
				if (record === undefined) throw new Error('there are two records');
				const vehicle = { id: draft.vehicleId, ...record };
				const { attributes: carried, position: where, acknowledges, disturbance } = draft;
				const active = sets[index < changesAt ? 0 : 1];
				return {
					report: { at, attributes: carried, position: where, vehicle, active, acknowledges },
					disturbance,
				};
			});
			const trace = { sets, steps, isPatched, until: at + afterMs };
			return Object.assign(trace, { [fc.toStringMethod]: () => textOf(trace) });
		});

/** A counterexample without what is the same in all of them. */
function textOf({ sets, steps, ...rest }: Trace): string {
	const same = ['geofences', 'name', 'actions', 'version', 'shadowOf', 'createdAt', 'updatedAt'];
	const short = (key: string, value: unknown): unknown => (same.includes(key) ? undefined : value);
	const numbered = steps.map(({ report: { active, ...report }, disturbance }) =>
		JSON.stringify({ ...report, set: sets.indexOf(active), ...disturbance }),
	);
	const rules = sets.map((set) => JSON.stringify(set, short));
	return [...rules, ...numbered, JSON.stringify(rest)].join('\n');
}
