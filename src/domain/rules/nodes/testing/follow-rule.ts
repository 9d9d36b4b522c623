import type { Attributes } from '../../../attributes';
import type { Geofence } from '../../../geofence';
import { mergeStatus } from '../../../merge-status';
import { compileRules } from '../../compile-rules';
import { explainRule } from '../../explain-pattern';
import type { Explanation } from '../../explain-pattern';
import { carriedBy } from '../../facts';
import type { Rule } from '../../rule';
import type { RuleState } from '../../rule-state';
import { runReport, runTimers } from '../../run-rules';
import type { RuleRun, RuleTransition, WatchedVehicle } from '../../run-rules';
import { makeRule } from '../../testing/make-rule';

/** A Monday, in UTC. */
export const START = Date.UTC(2026, 2, 2);

export const yard: Geofence = {
	id: 1,
	name: 'yard',
	tags: ['depot'],
	shape: { type: 'circle', center: [11.5, 48], radiusMeters: 100 },
	hysteresisMeters: 50,
	createdAt: 0,
	updatedAt: 0,
};

export interface Follower {
	readonly run: RuleRun;
	/** At so many seconds after `START`; `north`: metres from the yard's centre. What happened, e.g. `fired at 10`. */
	report(seconds: number, attributes?: Attributes, north?: number): string[];
	/** The clock shows so many seconds, and no report has come. */
	clock(seconds: number): string[];
	explain(seconds: number): Explanation | null;
}

/** Follows one rule for one vehicle; between any two steps what it remembers is stored as JSON and read again. */
export function followRule(rule: Partial<Rule>, vehicle: Partial<WatchedVehicle> = {}): Follower {
	const ruleSet = compileRules({ rules: [makeRule(rule)], taskWatches: [], geofences: [yard] });
	const run: RuleRun = {
		vehicle: { id: 1, customerId: null, attributes: {}, customerAttributes: {}, ...vehicle },
		status: null,
		states: new Map(),
		changed: new Set(),
	};
	const restart = (): void => {
		const stored = JSON.parse(JSON.stringify([...run.states])) as [number, RuleState][];
		run.states.clear();
		for (const [ruleId, state] of stored) run.states.set(ruleId, state);
	};
	const inWords = (transitions: readonly RuleTransition[]): string[] => {
		restart();
		return transitions.map(({ kind, at }) => `${kind} at ${(at - START) / 1000}`);
	};
	return {
		run,
		report(seconds, attributes = {}, north) {
			const reportedAt = START + seconds * 1000;
			const position = north === undefined ? null : { latitude: 48 + north / 111_195, longitude: 11.5 };
			const message = { messageId: '', reportedAt, sequence: 0, position, attributes };
			const status = mergeStatus(run.status, message, 1, reportedAt);
			if (status === null) throw new Error('reports have to be in order');
			return inWords(runReport(ruleSet, run, status, carriedBy(message)));
		},
		clock: (seconds) => inWords(runTimers(ruleSet, run, START + seconds * 1000)),
		explain: (seconds) => explainRule(ruleSet, run, 1, START + seconds * 1000),
	};
}
