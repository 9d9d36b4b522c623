import type { Attributes } from '../../src/domain/attributes';
import { compileRules } from '../../src/domain/rules/compile-rules';
import type { RuleSet, RulesToCompile } from '../../src/domain/rules/compile-rules';
import { carriedBy } from '../../src/domain/rules/facts';
import { runReport } from '../../src/domain/rules/run-rules';
import type { RuleRun } from '../../src/domain/rules/run-rules';
import type { Position, VehicleStatus } from '../../src/domain/status';

const START = Date.parse('2026-03-01T00:00:00Z');
/** Between two reports of one vehicle. */
const INTERVAL_MS = 30_000;
const NO_ATTRIBUTES: Attributes = {};

export interface Report {
	readonly attributes: Attributes;
	readonly position: Position | null;
}

/** A fleet on its way: every vehicle keeps its rules' states from report to report, as in a feed. */
export interface VehicleRuns {
	readonly ruleSet: RuleSet;
	readonly runs: readonly RuleRun[];
	/** So many more reports, the vehicles in turn; returns how many transitions they made. */
	follow(count: number): number;
}

/** `rounds[r][v]` is what vehicle `v` reports in round `r`; after the last round the first comes again. */
export function vehicleRuns(active: RulesToCompile, rounds: readonly (readonly Report[])[]): VehicleRuns {
	const ruleSet = compileRules(active);
	const vehicles = rounds[0]?.length ?? 0;
	const runs = Array.from({ length: vehicles }, (_, index): RuleRun => ({
		vehicle: {
			id: index + 1,
			customerId: null,
			attributes: NO_ATTRIBUTES,
			customerAttributes: NO_ATTRIBUTES,
		},
		status: null,
		states: new Map(),
		changed: new Set(),
	}));
	let sent = 0;
	return {
		ruleSet,
		runs,
		follow(count) {
			let transitions = 0;
			for (let i = 0; i < count; i++, sent++) {
				const index = sent % vehicles;
				const round = Math.floor(sent / vehicles);
				const report = rounds[round % rounds.length]?.[index] as Report;
				const status = statusOf(report, index + 1, START + round * INTERVAL_MS);
				const run = runs[index] as RuleRun;
				transitions += runReport(ruleSet, run, status, carriedBy(report)).length;
				run.changed.clear();
			}
			return transitions;
		},
	};
}

function statusOf({ attributes, position }: Report, vehicleId: number, at: number): VehicleStatus {
	return {
		vehicleId,
		messageId: 'm',
		reportedAt: at,
		sequence: 0,
		receivedAt: at,
		position,
		attributes,
	};
}
