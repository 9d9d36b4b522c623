import type { Severity } from './rule';

/**
 * What is remembered of one rule for one vehicle. A change makes a new one; only what `memory` holds changes in place,
 * so it belongs to one run alone. Times are milliseconds.
 */
export interface RuleState {
	/** Whether the pattern is met, or was and has not cleared yet; outlives a firing that was kept from opening. */
	readonly isMet: boolean;
	/** Time of the last firing; null when it never fired. */
	readonly lastFiredAt: number | null;
	/** The firing that is open, if any. */
	readonly open: OpenFiring | null;
	/** Firings on the newest day that had one (`yyyy-mm-dd`), kept for rules that count them. */
	readonly firedOn: { readonly day: string; readonly times: number } | null;
	/** What the stateful parts of the pattern, of `clear` and of the escalations remember; plain JSON, null for nothing. */
	readonly memory: unknown;
	/** When the rule has to be looked at next, without a report; null for not. */
	readonly dueAt: number | null;
}

export interface OpenFiring {
	readonly openedAt: number;
	readonly severity: Severity;
	readonly isAcknowledged: boolean;
	/** When it was fired or last reminded of. */
	readonly notifiedAt: number;
}

export const NEVER_MET: RuleState = Object.freeze({
	isMet: false,
	lastFiredAt: null,
	open: null,
	firedOn: null,
	memory: null,
	dueAt: null,
});

/** Whether a report that does not concern the rule may still change it. */
export function isLiving({ isMet, memory, dueAt }: RuleState): boolean {
	return isMet || memory !== null || dueAt !== null;
}

/** Whether it is worth keeping: not the same as `NEVER_MET`. */
export function isWorthKeeping(state: RuleState): boolean {
	return isLiving(state) || state.lastFiredAt !== null;
}
