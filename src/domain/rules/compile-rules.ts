import type { Attributes, AttributeValue } from '../attributes';
import type { Geofence } from '../geofence';
import { buildFenceSet } from '../geofences/fence-set';
import type { FenceSet } from '../geofences/fence-set';
import { attributeOf } from './facts';
import type { Facts } from './facts';
import { rememberLastPosition } from './remember-last-position';
import { FactSample } from './fact-sample';
import type { Rule } from './rule';
import { RuleLayer } from './rule-layer';
import type { Watch } from './rule-layer';
import type { TaskWatch } from './watched-rules';

/** What rules evaluate against: rules, the vehicles that those with the scope `tasks` watch, all geofences. */
export interface RulesToCompile {
	/** Disabled ones are left out. */
	readonly rules: readonly Rule[];
	readonly taskWatches: readonly TaskWatch[];
	readonly geofences: readonly Geofence[];
}

/** What is different in another rule set. Null: as it was. */
export interface ChangedRules {
	readonly changed: readonly Rule[];
	readonly gone: readonly number[];
	readonly taskWatches: readonly TaskWatch[] | null;
	readonly geofences: readonly Geofence[] | null;
}

/** With more rules changed or gone all are compiled anew, so that a report is not held against two layers for ever. */
const MOST_CHANGES = 400;

/** Rules that are compiled together, and those that were changed since, which are compiled apart. */
interface Layers {
	readonly base: RuleLayer;
	readonly overlay: RuleLayer | null;
	/** Places in the base whose rule is in the overlay, or gone. */
	readonly stale: ReadonlySet<number>;
}

/**
 * Rules made ready to be held against reports, as many as one likes, one after the other. What it answers depends on
 * rules and report alone; only how fast it answers depends on what it has seen. A rule goes by its place.
 */
export class RuleSet {
	/** By place. One that is replaced or gone keeps its place here, but `placeOf` does not lead to it. */
	readonly rules: readonly Rule[];
	/** Places of rules that time alone can meet, so that every vehicle that they watch needs a state. */
	readonly selfStarting: Int32Array;
	/** Places of the rules whose entry the last report meets, and the tasks through which they watch. */
	readonly found: Int32Array;
	readonly foundTaskIds: (number | null)[] = [];
	/** Per place: the last report for which it was found. */
	private readonly foundAt: Float64Array;
	private report = 0;
	private readonly places: ReadonlyMap<number, number>;

	constructor(
		private readonly layers: Layers,
		readonly fences: FenceSet,
		private readonly source: Pick<RulesToCompile, 'taskWatches' | 'geofences'>,
		private readonly sample: FactSample,
	) {
		const { base, overlay, stale } = layers;
		this.rules = overlay === null ? base.rules : [...base.rules, ...overlay.rules];
		this.found = new Int32Array(this.rules.length);
		this.foundAt = new Float64Array(this.rules.length);
		const places = new Map<number, number>();
		this.rules.forEach(({ id }, place) => {
			if (!stale.has(place)) places.set(id, place);
		});
		this.places = places;
		this.selfStarting = Int32Array.from([
			...base.selfStarting.filter((place) => !stale.has(place)),
			...(overlay?.selfStarting ?? []).map((place) => place + base.rules.length),
		]);
	}

	/**
	 * Finds the rules that watch the vehicle and whose entry pattern the facts meet; returns their count in `found`.
	 * What is found lasts until the next match of this rule set, or of one that shares rules with it.
	 */
	match(facts: Facts): number {
		const { base, overlay, stale } = this.layers;
		if (this.sample.add(facts)) {
			base.learn(this.sample.drawn);
			overlay?.learn(this.sample.drawn);
		}
		const { found, foundTaskIds, foundAt } = this;
		const report = ++this.report;
		let count = base.match(facts, found, foundTaskIds, 0);
		if (stale.size > 0) count = this.leaveOutStale(count);
		for (let i = 0; i < count; i++) foundAt[found[i] as number] = report;
		if (overlay === null) return count;
		const total = overlay.match(facts, found, foundTaskIds, count);
		for (let i = count; i < total; i++) {
			const place = (found[i] as number) + base.rules.length;
			found[i] = place;
			foundAt[place] = report;
		}
		return total;
	}

	/** Whether the last match found the rule. */
	wasFound(place: number): boolean {
		return this.foundAt[place] === this.report;
	}

	/** Undefined for a rule that is not in the set, or disabled. */
	placeOf(ruleId: number): number | undefined {
		return this.places.get(ruleId);
	}

	/** Whether the entry pattern is the rule's pattern: found is met, and not found is not met. */
	isPlain(place: number): boolean {
		const { base, overlay } = this.layers;
		const ofBase = base.rules.length;
		return place < ofBase ? base.isPlain(place) : overlay?.isPlain(place - ofBase) === true;
	}

	/** Through what the rule watches the vehicle, its own tasks before its customer's; null when it does not. */
	watchedThrough(place: number, vehicleId: number, customerId: number | null): Watch | null {
		const { base, overlay } = this.layers;
		const ofBase = base.rules.length;
		if (place < ofBase) return base.watchedThrough(place, vehicleId, customerId);
		return overlay?.watchedThrough(place - ofBase, vehicleId, customerId) ?? null;
	}

	/** The values of the attributes that the rule's pattern names, as far as they are known. */
	evidenceFor(place: number, facts: Pick<Facts, 'attributes' | 'position'>): Attributes {
		const { base, overlay } = this.layers;
		const ofBase = base.rules.length;
		const names = place < ofBase ? base.evidenceNames(place) : overlay?.evidenceNames(place - ofBase);
		const evidence: Record<string, AttributeValue> = {};
		for (const name of names ?? []) {
			const value = attributeOf(facts, name);
			if (value !== undefined) evidence[name] = value;
		}
		return evidence;
	}

	/**
	 * The rule set after a change. A few changed rules are compiled, the others shared; what was learnt from reports
	 * is kept. This one stays as it is.
	 */
	withChanges({ changed, gone, taskWatches, geofences }: ChangedRules): RuleSet {
		const { base, overlay, stale } = this.layers;
		const replaced = new Set([...gone, ...changed.map(({ id }) => id)]);
		const source = {
			taskWatches: taskWatches ?? this.source.taskWatches,
			geofences: geofences ?? this.source.geofences,
		};
		const enabled = changed.filter((rule) => rule.enabled);
		const ofOverlay = [...(overlay?.rules ?? []).filter(({ id }) => !replaced.has(id)), ...enabled];
		const places = [...replaced].map((id) => this.places.get(id) ?? Infinity);
		const staleNow = new Set([...stale, ...places.filter((place) => place < base.rules.length)]);
		const isLarge = ofOverlay.length + staleNow.size > Math.min(MOST_CHANGES, base.rules.length);
		if (geofences !== null || isLarge) {
			const others = this.rules.filter(({ id }, place) => this.places.get(id) === place && !replaced.has(id));
			return compileAll({ ...source, rules: [...others, ...enabled] }, this.sample);
		}
		const layers = {
			base: taskWatches === null ? base : base.watching(taskWatches),
			overlay:
				ofOverlay.length === 0
					? null
					: RuleLayer.compile(ofOverlay, source.taskWatches, this.fences, this.sample.drawn),
			stale: staleNow,
		};
		return new RuleSet(layers, this.fences, source, this.sample);
	}

	private leaveOutStale(count: number): number {
		const { found, foundTaskIds, layers } = this;
		let kept = 0;
		for (let i = 0; i < count; i++) {
			if (layers.stale.has(found[i] as number)) continue;
			found[kept] = found[i] as number;
			foundTaskIds[kept++] = foundTaskIds[i] ?? null;
		}
		return kept;
	}
}

/**
 * A rule with the scope `tasks` watches what `taskWatches` says, and nothing else. A geofence that a rule names and
 * that does not exist has nobody inside.
 */
export function compileRules(rules: RulesToCompile): RuleSet {
	return compileAll(rules, new FactSample());
}

function compileAll({ rules, taskWatches, geofences }: RulesToCompile, sample: FactSample): RuleSet {
	const fences = rememberLastPosition(buildFenceSet(geofences));
	const enabled = rules.filter((rule) => rule.enabled);
	const base = RuleLayer.compile(enabled, taskWatches, fences, sample.drawn);
	const layers = { base, overlay: null, stale: new Set<number>() };
	return new RuleSet(layers, fences, { taskWatches, geofences }, sample);
}
