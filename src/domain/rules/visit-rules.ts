import { askPattern, askPolicy, nextDue, withMemory } from './advance-rule';
import type { RuleSet } from './compile-rules';
import type { Moment } from './nodes/moment';
import type { Rule, Severity } from './rule';
import { memoryOf, planAt, plansOf } from './rule-plan';
import type { Plans } from './rule-plan';
import { isLiving, isWorthKeeping, NEVER_MET } from './rule-state';
import type { RuleState } from './rule-state';
import type { RuleRun, RuleTransition } from './run-rules';
import { Sleepers } from './sleepers';

/** Takes rules of one set through one moment of a vehicle, and collects what happens to them. */
export class Visit {
	readonly transitions: RuleTransition[] = [];
	private readonly plans: Plans;
	private sleepers: Sleepers | null = null;

	constructor(
		private readonly ruleSet: RuleSet,
		private readonly run: RuleRun,
		private readonly moment: Moment,
	) {
		this.plans = plansOf(ruleSet);
	}

	startsByItself(place: number): boolean {
		return planAt(this.plans, this.ruleSet, place).startsByItself;
	}

	/** A rule that watches the vehicle, and that the report concerns. */
	found(place: number, taskId: number | null): void {
		const plan = planAt(this.plans, this.ruleSet, place);
		const state = this.run.states.get(plan.rule.id) ?? NEVER_MET;
		const { isPlain } = plan;
		if (isPlain && state.isMet && state.dueAt === null && !plan.isWatchedWhileMet) return;
		this.advance(place, state, isPlain ? true : null, taskId);
	}

	/** A rule that may go on, or have to end, though the report does not concern it. */
	notFound(place: number): void {
		const { rule } = planAt(this.plans, this.ruleSet, place);
		const state = this.run.states.get(rule.id) ?? NEVER_MET;
		const taskId = this.watchOf(rule, place);
		if (taskId === undefined) this.unwatched(rule.id, rule, state);
		else this.advance(place, state, planAt(this.plans, this.ruleSet, place).isPlain ? false : null, taskId);
	}

	/** A rule that does not watch the vehicle any more, or is gone; null then. */
	unwatched(ruleId: number, rule: Rule | null, state: RuleState): void {
		const { isMet, open, lastFiredAt, firedOn } = state;
		if (isMet) this.report('cleared', ruleId, rule, null, open?.severity ?? rule?.severity ?? 'info');
		if (isLiving(state)) this.keep(ruleId, state, { ...NEVER_MET, lastFiredAt, firedOn });
	}

	/** A rule whose timer is due at the moment. One that wakes up in vain only learns when to do so next. */
	ring(ruleId: number): void {
		const { ruleSet, run, moment } = this;
		const state = run.states.get(ruleId) ?? NEVER_MET;
		const place = ruleSet.placeOf(ruleId);
		const taskId = place === undefined ? undefined : this.watchOf(ruleSet.rules[place] as Rule, place);
		if (place === undefined || taskId === undefined) {
			// It ends at the next report.
			this.keep(ruleId, state, { ...state, dueAt: null });
			return;
		}
		const plan = planAt(this.plans, ruleSet, place);
		moment.load(memoryOf(plan, state));
		const dueAt = nextDue(plan, moment, state, moment.reportedAt ?? -Infinity);
		if (dueAt <= moment.at) this.advance(place, state, null, taskId);
		else this.keep(ruleId, state, { ...state, dueAt: dueAt === Infinity ? null : dueAt });
	}

	private advance(place: number, state: RuleState, knownMet: boolean | null, taskId: number | null): void {
		const plan = planAt(this.plans, this.ruleSet, place);
		const { moment } = this;
		const { rule, sleep } = plan;
		const bed = sleep === null ? undefined : this.sleepers?.bedOf(sleep.key, state);
		if (bed !== undefined && sleep?.wakes(moment) === false) {
			if (bed.hasChanged) this.run.changed.add(rule.id);
			return;
		}
		const isMet = askPattern(plan, moment, state, knownMet);
		const step = askPolicy(plan, moment, state, isMet);
		const after = withMemory(plan, moment, state, step?.state ?? state);
		if (after !== state || moment.hasNewMemory) this.keep(rule.id, state, after);
		if (sleep !== null) {
			const common = (this.sleepers ??= new Sleepers()).layDown(sleep.key, after, moment.hasNewMemory);
			if (common !== after) this.run.states.set(rule.id, common);
		}
		if (step === null) return;
		for (const { kind, severity } of step.transitions) {
			const isFiring = kind === 'fired' || kind === 'suppressed';
			this.report(kind, rule.id, rule, isFiring ? taskId : null, severity);
		}
	}

	/** The task through which the rule watches the vehicle, null for none; undefined when it does not watch it. */
	private watchOf({ scope }: Rule, place: number): number | null | undefined {
		if (scope.vehicles === 'all') return null;
		const { vehicleId, customerId } = this.moment;
		return this.ruleSet.watchedThrough(place, vehicleId, customerId)?.taskId;
	}

	private keep(ruleId: number, before: RuleState, after: RuleState): void {
		const { states, changed } = this.run;
		if (after !== before) {
			if (isWorthKeeping(after)) states.set(ruleId, after);
			else if (!states.delete(ruleId) && before === NEVER_MET) return;
		}
		changed.add(ruleId);
	}

	private report(
		kind: RuleTransition['kind'],
		ruleId: number,
		rule: Rule | null,
		taskId: number | null,
		severity: Severity,
	): void {
		const { at } = this.moment;
		const place = this.ruleSet.placeOf(ruleId);
		const evidence = place === undefined ? {} : this.ruleSet.evidenceFor(place, this.moment);
		this.transitions.push({ kind, ruleId, rule, taskId, at, severity, evidence });
	}
}
