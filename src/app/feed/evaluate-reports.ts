import { compareReports, mergeStatus } from '../../domain/merge-status';
import type { Attributes } from '../../domain/attributes';
import type { RuleSet } from '../../domain/rules/compile-rules';
import { evaluateRules, type VehicleFacts } from '../../domain/rules/evaluate-rules';
import type { Rule } from '../../domain/rules/rule';
import type { VehicleStatus } from '../../domain/status';
import type { Vehicle } from '../../domain/vehicle';
import type { RuleState } from '../ports/store';
import type { VehicleReport } from './match-vehicles';

/** A firing that this batch opens, and perhaps clears again; it gets its id when it is stored. */
export interface NewFiring {
	readonly vehicle: Vehicle;
	readonly rule: Rule;
	readonly taskId: number | null;
	readonly evidence: Attributes;
	/** The vehicle's status when the pattern became true. */
	readonly status: VehicleStatus;
	/** `reportedAt` of the report that ended it, or null while it lasts. */
	clearedAt: number | null;
}

/** The state of a rule for a vehicle; a firing of this batch is named by itself, an earlier one by its id. */
export interface DraftState extends Omit<RuleState, 'firingId'> {
	readonly firing: NewFiring | number | null;
}

/** What is stored of one vehicle. */
export interface VehicleMemory {
	readonly status: VehicleStatus | null;
	readonly states: readonly RuleState[];
}

export interface VehicleOutcome {
	/** Null when every report was older than what was known. */
	readonly status: VehicleStatus | null;
	readonly changedStates: readonly DraftState[];
	readonly opened: readonly NewFiring[];
	/** Firings of earlier batches. */
	readonly cleared: readonly { readonly id: number; readonly clearedAt: number; readonly vehicle: Vehicle }[];
	readonly staleCount: number;
}

/**
 * Takes the reports of one vehicle in the order of their time, each newer one into the status and past the rules.
 * Pure: the same reports over the same memory always bring about the same.
 */
export function evaluateReports(
	vehicle: Vehicle,
	reports: readonly VehicleReport[],
	memory: VehicleMemory,
	ruleSet: RuleSet,
	receivedAt: number,
): VehicleOutcome {
	let status = memory.status;
	let staleCount = 0;
	const states = new Map<number, DraftState>(memory.states.map((state) => [state.ruleId, draftOf(state)]));
	const changed = new Map<number, DraftState>();
	const opened: NewFiring[] = [];
	const cleared: { id: number; clearedAt: number; vehicle: Vehicle }[] = [];

	for (const { message } of [...reports].sort((a, b) => compareReports(a.message, b.message))) {
		const merged = mergeStatus(status, message, vehicle.id, receivedAt);
		if (merged === null) {
			staleCount++;
			continue;
		}
		status = merged;
		const at = merged.reportedAt;
		for (const transition of evaluateRules(ruleSet, factsOf(vehicle, merged), states)) {
			const before = states.get(transition.ruleId);
			let firing: DraftState['firing'] = null;
			if (transition.kind === 'fired') {
				const { rule, taskId, evidence } = transition;
				firing = { vehicle, rule, taskId, evidence, status: merged, clearedAt: null };
				opened.push(firing);
			} else if (transition.kind === 'cleared') {
				const ended = before?.firing ?? null;
				if (typeof ended === 'number') cleared.push({ id: ended, clearedAt: at, vehicle });
				else if (ended !== null) ended.clearedAt = at;
			}
			const after: DraftState = {
				ruleId: transition.ruleId,
				vehicleId: vehicle.id,
				firing,
				lastFiredAt: transition.kind === 'fired' ? at : (before?.lastFiredAt ?? null),
				isMet: transition.kind !== 'cleared',
			};
			states.set(transition.ruleId, after);
			changed.set(transition.ruleId, after);
		}
	}
	return {
		status: staleCount < reports.length ? status : null,
		changedStates: [...changed.values()],
		opened,
		cleared,
		staleCount,
	};
}

function draftOf({ firingId, ...state }: RuleState): DraftState {
	return { ...state, firing: firingId };
}

/** Rules see a vehicle's position beside its attributes. */
function factsOf(
	{ id, customerId }: Vehicle,
	{ attributes, position, reportedAt }: VehicleStatus,
): VehicleFacts {
	return {
		vehicleId: id,
		customerId,
		attributes: position === null ? attributes : { ...attributes, ...position },
		at: reportedAt,
	};
}
