import type { Action, ActionContent } from '../../domain/action';
import type { Geofence } from '../../domain/geofence';
import type { Firing } from '../../domain/rules/firing';
import type { Rule, RuleFields, Severity } from '../../domain/rules/rule';
import type { RuleState } from '../../domain/rules/rule-state';
import type { TaskWatch } from '../../domain/rules/watched-rules';
import type { RecordReader, RecordRepository } from './store-records';

/** What the feed evaluates. `revision` changes whenever `rules`, `taskWatches` or `geofences` might have. */
export interface ActiveRules {
	readonly revision: number;
	readonly rules: readonly Rule[];
	readonly taskWatches: readonly TaskWatch[];
	readonly geofences: readonly Geofence[];
}

/** What is different since an earlier revision. */
export interface RuleChanges {
	readonly revision: number;
	/** Rules that were made or changed since, and are enabled. */
	readonly changed: readonly Rule[];
	/** Ids of rules that were disabled or removed since. */
	readonly gone: readonly number[];
	/** Null when they are as they were. */
	readonly taskWatches: readonly TaskWatch[] | null;
	readonly geofences: readonly Geofence[] | null;
}

/** The state of a rule for a vehicle, and the firing that is open, or null. */
export interface StoredRuleState {
	readonly ruleId: number;
	readonly vehicleId: number;
	readonly firingId: number | null;
	readonly state: RuleState;
}

/** A rule as one save left it. */
export interface RuleVersion {
	readonly ruleId: number;
	readonly version: number;
	readonly savedAt: number;
	readonly fields: RuleFields;
}

/** Every `create` and `update` keeps the rule as a version, too. */
export interface RuleRepository extends RecordRepository<Rule, RuleFields> {
	/** A rule on trial as the next version of another one. */
	createShadow(of: number, fields: RuleFields, at: number): Promise<Rule>;
	/** Newest first. */
	versions(id: number): Promise<RuleVersion[]>;
	version(id: number, version: number): Promise<RuleVersion | null>;
	/** One cheap statement. */
	revision(): Promise<number>;
	/** Enabled rules, the open tasks that they are attached to, and all geofences. */
	active(): Promise<ActiveRules>;
	changesSince(revision: number): Promise<RuleChanges>;
	states(vehicleIds: readonly number[]): Promise<StoredRuleState[]>;
	/** Of two with one rule and vehicle the last counts; one like `NEVER_MET` is removed. */
	saveStates(states: readonly StoredRuleState[]): Promise<void>;
	/** Vehicles with a rule that is due at `until` or before, those waiting longest first. By an index. */
	dueVehicles(until: number, limit: number): Promise<number[]>;
	/**
	 * Makes the rule due at once for every vehicle that has reported, so that what the clock decides begins for those
	 * that are silent, too. Leaves what is remembered as it is.
	 */
	makeDue(ruleId: number, at: number): Promise<void>;
	/** Drops what the parts of the rule's pattern remember; whether it is met stays. */
	forgetMemory(ruleId: number): Promise<void>;
	/** For a rule without open firings: drops all of its states but what cooldown and the count of the day need. */
	startAfresh(ruleId: number): Promise<void>;
}

export interface FiringRepository extends RecordReader<Firing> {
	/** Ids in the order of the firings. */
	open(firings: readonly Omit<Firing, 'id' | 'clearedAt' | 'acknowledgedAt'>[]): Promise<number[]>;
	/** Ends those that are open and returns just them, by id; of two entries with one id the first counts. */
	clear(firings: readonly { id: number; clearedAt: number }[]): Promise<Map<number, Firing>>;
	acknowledge(id: number, at: number): Promise<Firing | null>;
	changeSeverity(firings: readonly { id: number; severity: Severity }[]): Promise<void>;
	/** The rule's firings that opened in the range, from included, to excluded, oldest first. */
	openedBetween(
		ruleId: number,
		from: number,
		to: number,
	): Promise<{ vehicleId: number; openedAt: number; clearedAt: number | null }[]>;
}

export interface NewAction {
	readonly firingId: number;
	readonly position: number;
	/** When what it follows happened; with `firingId` and `position` it is the action's key. */
	readonly occurredAt: number;
	readonly content: ActionContent;
	/** Not before; default at once. */
	readonly dueAt?: number;
	/** `done` for what took effect in this very transaction, with its result. */
	readonly state: 'pending' | 'done';
	readonly result: string | null;
}

export interface ActionRepository extends RecordReader<Action> {
	/** An action whose key is already there is left alone. */
	add(actions: readonly NewAction[], at: number): Promise<void>;
	/**
	 * Leases pending actions that are due and under nobody's lease, oldest first; of `firingIds` only, when given.
	 * Nobody else is given them before `now + leaseMs`. `attempts` counts the one that begins with the claim. One whose
	 * last lease ran out has `MAYBE_SENT` as its `lastError`.
	 */
	claim(lease: {
		token: string;
		now: number;
		leaseMs: number;
		limit: number;
		firingIds?: readonly number[];
	}): Promise<Action[]>;
	/** These three do nothing, and answer false, when `token` no longer holds the action's lease. */
	markDone(id: number, token: string, result: string, at: number): Promise<boolean>;
	retryLater(id: number, token: string, error: string, dueAt: number): Promise<boolean>;
	markDead(id: number, token: string, error: string): Promise<boolean>;
	/** Makes dead or waiting actions due now with their attempts counted anew; returns how many. */
	revive(ids: readonly number[], at: number): Promise<number>;
}
