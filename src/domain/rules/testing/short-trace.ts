import type { Attributes } from '../../attributes';
import type { Position } from '../../status';
import type { Rule } from '../rule';
import type { Trace } from './arbitrary-traces';
import { FENCES } from './fences';
import { makeRule } from './make-rule';
import type { ReferenceTransition } from './reference-policy';

const SECOND = 1000;

/** What one vehicle reports, by the second, and where it is; its customer is the number 1 unless it is said. */
export type ShortReports = readonly (readonly [
	second: number,
	attributes: Attributes,
	more?: { readonly position?: Position; readonly customerId?: number | null },
])[];

/** A trace for examples: one vehicle, rules with the ids 1, 2, 3..., timers up to `untilSecond`. */
export function shortTrace(rules: readonly Partial<Rule>[], reports: ShortReports, untilSecond = 100): Trace {
	const active = {
		rules: rules.map((fields, index) => makeRule({ id: index + 1, ...fields })),
		taskWatches: [],
		geofences: FENCES,
	};
	const steps = reports.map(([second, attributes, { position = null, customerId = 1 } = {}]) => ({
		report: {
			at: second * SECOND,
			attributes,
			position,
			vehicle: { id: 1, customerId, attributes: {}, customerAttributes: {} },
			active,
			acknowledges: false,
		},
		disturbance: { restarts: true, recompiles: false, ringsTo: null },
	}));
	return { sets: [active, active], steps, isPatched: false, until: untilSecond * SECOND };
}

/** What happened, e.g. `2 fired 30`: rule 2 at the second 30. */
export function inShort(transitions: readonly ReferenceTransition[]): string[] {
	return transitions.map(({ ruleId, kind, at }) => `${ruleId} ${kind} ${at / SECOND}`);
}
