import type { Rule } from './rule';

/**
 * Vehicles that a rule with the scope `tasks` watches through one open task: one vehicle, or else a customer's, or
 * else all.
 */
export interface TaskWatch {
	readonly ruleId: number;
	readonly taskId: number;
	readonly vehicleId: number | null;
	readonly customerId: number | null;
}

/** Rules that watch the same vehicles, by their place in the rule set. */
export interface WatchedRules {
	readonly rules: Int32Array;
	/** Of the rules that watch through open tasks, the oldest such task. */
	readonly taskIds: ReadonlyMap<number, number>;
}

/** Sorts rules by the vehicles that they watch, so that a report is never held against another vehicle's rules. */
export interface WatchedByScope {
	readonly all: WatchedRules;
	readonly byCustomer: ReadonlyMap<number, WatchedRules>;
	readonly byVehicle: ReadonlyMap<number, WatchedRules>;
}

interface Collected {
	readonly rules: Set<number>;
	readonly taskIds: Map<number, number>;
}

const empty = (): Collected => ({ rules: new Set(), taskIds: new Map() });

/** Sets of watched rules that are as `before` has them are the very same. */
export function sortByScope(
	rules: readonly Rule[],
	taskWatches: readonly TaskWatch[],
	before?: WatchedByScope,
): WatchedByScope {
	const all = empty();
	const byCustomer = new Map<number, Collected>();
	const byVehicle = new Map<number, Collected>();
	const placeOfTaskRule = new Map<number, number>();
	rules.forEach(({ id, scope }, place) => {
		if (scope.vehicles === 'tasks') placeOfTaskRule.set(id, place);
		else if (scope.vehicles === 'all') all.rules.add(place);
		else if (scope.vehicles === 'customer') collected(byCustomer, scope.customerId).rules.add(place);
		else collected(byVehicle, scope.vehicleId).rules.add(place);
	});
	for (const { ruleId, taskId, vehicleId, customerId } of taskWatches) {
		const place = placeOfTaskRule.get(ruleId);
		if (place === undefined) continue;
		const watched =
			vehicleId !== null
				? collected(byVehicle, vehicleId)
				: customerId !== null
					? collected(byCustomer, customerId)
					: all;
		watched.rules.add(place);
		watched.taskIds.set(place, Math.min(taskId, watched.taskIds.get(place) ?? taskId));
	}
	return {
		all: pack(all, before?.all),
		byCustomer: packEach(byCustomer, before?.byCustomer),
		byVehicle: packEach(byVehicle, before?.byVehicle),
	};
}

function collected(byId: Map<number, Collected>, id: number): Collected {
	const known = byId.get(id);
	if (known !== undefined) return known;
	const fresh = empty();
	byId.set(id, fresh);
	return fresh;
}

function pack({ rules, taskIds }: Collected, before: WatchedRules | undefined): WatchedRules {
	if (before !== undefined && isSame(before, rules, taskIds)) return before;
	return { rules: Int32Array.from(rules), taskIds };
}

function isSame(before: WatchedRules, rules: ReadonlySet<number>, taskIds: WatchedRules['taskIds']): boolean {
	return (
		before.rules.length === rules.size &&
		before.taskIds.size === taskIds.size &&
		before.rules.every((place) => rules.has(place) && before.taskIds.get(place) === taskIds.get(place))
	);
}

function packEach(
	byId: ReadonlyMap<number, Collected>,
	before: ReadonlyMap<number, WatchedRules> | undefined,
): ReadonlyMap<number, WatchedRules> {
	return new Map([...byId].map(([id, collected]) => [id, pack(collected, before?.get(id))]));
}
