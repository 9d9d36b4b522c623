import type { RuleRun } from '../../domain/rules/run-rules';
import type { Rule, Severity } from '../../domain/rules/rule';
import type { Firing } from '../../domain/rules/firing';
import type { VehicleStatus } from '../../domain/status';
import type { Vehicle } from '../../domain/vehicle';
import type { WaitingReport } from '../ports/store-statuses';

/** What is known of a firing as it opens. */
export type OpenedFields = Omit<Firing, 'id' | 'clearedAt' | 'acknowledgedAt'>;

/** A firing of an earlier batch, by its id, or of this one, which gets its id when it is stored. */
export interface FiringDraft {
	id: number | null;
	/** Null for one of an earlier batch. */
	opened: OpenedFields | null;
	readonly openedAt: number;
	severity: Severity;
}

/** Something that happened to a firing. */
export interface Happening {
	/** `lowered`: the severity fell back; `escalated`: it rose. */
	readonly kind: 'fired' | 'escalated' | 'lowered' | 'reminded' | 'cleared';
	readonly firing: FiringDraft;
	readonly vehicle: Vehicle;
	/** Null when the firing cleared because the rule is not evaluated any more. */
	readonly rule: Rule | null;
	readonly at: number;
	/** The firing's at that moment. */
	readonly severity: Severity;
	/** The vehicle's, as the rules knew it at that moment. */
	readonly status: VehicleStatus;
}

/** One vehicle's way through a batch: where it stands, and what has happened to it since the batch began. */
export interface VehicleRun {
	readonly vehicle: Vehicle;
	/** How far the rules have got; `rules.status` is behind `newest` while reports wait. */
	readonly rules: RuleRun;
	/** The newest report that came, with what was known before it. */
	newest: VehicleStatus | null;
	/** What `newest` was when the batch began. */
	stored: VehicleStatus | null;
	/** Held back for earlier reports, in the order in which they came. */
	waiting: readonly WaitingReport[];
	hadBacklog: boolean;
	/** Firings that are open, by rule id. */
	readonly open: Map<number, FiringDraft>;
	readonly happenings: Happening[];
}

/** Makes the run ready for the next batch, once everything that happened is in the store. */
export function beginNextBatch(run: VehicleRun): void {
	run.stored = run.newest;
	run.hadBacklog = run.waiting.length > 0;
	if (!hasStirred(run)) return;
	for (const { firing } of run.happenings) firing.opened = null;
	run.happenings.length = 0;
	run.rules.changed.clear();
}

/** Whether anything has happened besides the report: in most runs of a batch nothing has. */
export function hasStirred({ happenings, rules: { changed } }: VehicleRun): boolean {
	return happenings.length > 0 || changed.size > 0;
}
