import type { FenceSet } from '../geofences/fence-set';
import type { Selectivity } from './choose-index';
import { compilePattern } from './compile-pattern';
import type { Condition } from './condition';
import { entryPattern, startsByItself } from './entry-pattern';
import { FactSlots } from './fact-slots';
import type { Facts } from './facts';
import { patternAttributes } from './pattern-attributes';
import type { Rule } from './rule';
import { RuleIndex } from './rule-index';
import { RuleProgram } from './rule-program';
import { guessSelectivity, learnSelectivity } from './selectivity';
import { sortByScope } from './watched-rules';
import type { TaskWatch, WatchedByScope, WatchedRules } from './watched-rules';

/** The open task through which a rule with the scope `tasks` watches a vehicle; null for other scopes. */
export interface Watch {
	readonly taskId: number | null;
}

const BY_ITSELF: Watch = Object.freeze({ taskId: null });

/** What depends on the rules' patterns alone. */
interface Patterns {
	readonly rules: readonly Rule[];
	readonly isPlain: readonly boolean[];
	readonly conditions: readonly Condition[];
	readonly slots: FactSlots;
	/** Places of the rules that start by themselves. */
	readonly selfStarting: readonly number[];
	/** Per rule, filled when first asked for. */
	readonly evidenceNames: (readonly string[] | undefined)[];
}

/** Rules that are compiled together, by their place among them. */
export class RuleLayer {
	private indexes = new WeakMap<WatchedRules, RuleIndex>();
	private indexOfAll: RuleIndex | null = null;

	private constructor(
		private readonly patterns: Patterns,
		private readonly watched: WatchedByScope,
		private program: RuleProgram,
	) {}

	/** `sample`: facts to learn from how selective conditions are; none: it is guessed. */
	static compile(
		rules: readonly Rule[],
		taskWatches: readonly TaskWatch[],
		fences: FenceSet,
		sample: readonly Facts[],
	): RuleLayer {
		const slots = new FactSlots();
		const entries = rules.map((rule) => entryPattern(rule));
		const conditions = entries.map(({ pattern }) => compilePattern(pattern, slots));
		slots.seal(fences);
		const selfStarting = rules.flatMap((rule, place) => (startsByItself(rule) ? [place] : []));
		const isPlain = entries.map((entry) => entry.isPlain);
		return new RuleLayer(
			{ rules, isPlain, conditions, slots, selfStarting, evidenceNames: [] },
			sortByScope(rules, taskWatches),
			new RuleProgram(conditions, slots, selectivityFrom(sample, slots)),
		);
	}

	/** The same rules under other task watches; what is the same for a scope stays indexed. */
	watching(taskWatches: readonly TaskWatch[]): RuleLayer {
		const watched = sortByScope(this.rules, taskWatches, this.watched);
		const layer = new RuleLayer(this.patterns, watched, this.program);
		layer.indexes = this.indexes;
		return layer;
	}

	get rules(): readonly Rule[] {
		return this.patterns.rules;
	}

	isPlain(place: number): boolean {
		return this.patterns.isPlain[place] === true;
	}

	evidenceNames(place: number): readonly string[] {
		const { evidenceNames, rules } = this.patterns;
		return (evidenceNames[place] ??= patternAttributes((rules[place] as Rule).pattern));
	}

	learn(sample: readonly Facts[]): void {
		const { conditions, slots } = this.patterns;
		// Indexes point into the program; they are built anew when next a vehicle needs them.
		this.indexes = new WeakMap();
		this.indexOfAll = null;
		this.program = new RuleProgram(conditions, slots, selectivityFrom(sample, slots));
	}

	get selfStarting(): readonly number[] {
		return this.patterns.selfStarting;
	}

	/**
	 * Writes the places of the rules that watch the vehicle and are met into `found` from `count` on, and the task
	 * through which each watches into `taskIds`; returns the new count.
	 */
	match(facts: Facts, found: Int32Array, taskIds: (number | null)[], count: number): number {
		this.patterns.slots.load(facts);
		this.program.begin();
		const { vehicleId, customerId } = facts;
		const { all, byCustomer, byVehicle } = this.watched;
		let total = count;
		// The nearest watch comes first: a rule that watches a vehicle through several tasks is found once.
		if (byVehicle.size > 0) total = this.find(byVehicle.get(vehicleId), found, taskIds, total);
		if (customerId !== null && byCustomer.size > 0) {
			total = this.find(byCustomer.get(customerId), found, taskIds, total);
		}
		return this.find(all, found, taskIds, total);
	}

	/** Through what the rule watches the vehicle; null when it does not. */
	watchedThrough(place: number, vehicleId: number, customerId: number | null): Watch | null {
		const scope = this.rules[place]?.scope;
		switch (scope?.vehicles) {
			case undefined:
				return null;
			case 'all':
				return BY_ITSELF;
			case 'customer':
				return scope.customerId === customerId ? BY_ITSELF : null;
			case 'vehicle':
				return scope.vehicleId === vehicleId ? BY_ITSELF : null;
			case 'tasks': {
				const { all, byCustomer, byVehicle } = this.watched;
				const taskId =
					byVehicle.get(vehicleId)?.taskIds.get(place) ??
					(customerId === null ? undefined : byCustomer.get(customerId)?.taskIds.get(place)) ??
					all.taskIds.get(place);
				return taskId === undefined ? null : { taskId };
			}
		}
	}

	private find(
		watched: WatchedRules | undefined,
		found: Int32Array,
		taskIds: (number | null)[],
		count: number,
	): number {
		if (watched === undefined || watched.rules.length === 0) return count;
		const total = this.indexOf(watched).find(found, count);
		if (watched.taskIds.size === 0) {
			for (let i = count; i < total; i++) taskIds[i] = null;
		} else {
			for (let i = count; i < total; i++) taskIds[i] = watched.taskIds.get(found[i] as number) ?? null;
		}
		return total;
	}

	private indexOf(watched: WatchedRules): RuleIndex {
		// The one that every report asks is at hand.
		if (watched === this.watched.all && this.indexOfAll !== null) return this.indexOfAll;
		let index = this.indexes.get(watched);
		if (index === undefined) {
			index = new RuleIndex(watched.rules, this.program, this.patterns.slots);
			this.indexes.set(watched, index);
		}
		if (watched === this.watched.all) this.indexOfAll = index;
		return index;
	}
}

function selectivityFrom(sample: readonly Facts[], slots: FactSlots): Selectivity {
	return sample.length === 0 ? guessSelectivity : learnSelectivity(sample, slots);
}
