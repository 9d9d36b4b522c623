import type { RuleState } from './rule-state';

/** Rules of one vehicle whose states are alike, after a report: one state stands for all of them. */
interface Bed {
	readonly state: RuleState;
	/** Whether the report has added to what it remembers. */
	readonly hasChanged: boolean;
}

/**
 * Which rules of a vehicle sleep through a report: they collect the same samples, and remember nothing else. The first
 * of them takes the report for all. See `Sleep`; `key` is what it says.
 */
export class Sleepers {
	private readonly beds = new Map<string, Bed>();

	/** Undefined where nobody who collects these samples has taken the report, or the state is not theirs. */
	bedOf(key: string, state: RuleState): Bed | undefined {
		const bed = this.beds.get(key);
		return bed?.state === state ? bed : undefined;
	}

	/** Returns the state that the rule, which has taken the report, is to go on with: equal to its own. */
	layDown(key: string, state: RuleState, hasChanged: boolean): RuleState {
		const { isMet, lastFiredAt, firedOn, memory, dueAt } = state;
		const isAwake = isMet || lastFiredAt !== null || firedOn !== null || memory === null || dueAt !== null;
		if (isAwake) return state;
		const bed = this.beds.get(key);
		if (bed === undefined) this.beds.set(key, { state, hasChanged });
		return bed !== undefined && isSame(bed.state.memory, memory) ? bed.state : state;
	}
}

/** Lists of samples are shared before states are: see `Samples`. */
function isSame(one: unknown, other: unknown): boolean {
	if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
	return one.every((value, i) => value === other[i]);
}
