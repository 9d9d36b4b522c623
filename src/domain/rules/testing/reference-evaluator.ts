import type { Attributes } from '../../attributes';
import type { EdgeState, VehicleFacts } from '../evaluate-rules';
import type { Comparison, Pattern } from '../pattern';
import type { Rule } from '../rule';
import type { TaskWatch } from '../watched-rules';

/** The meaning of a comparison, written down as plainly as possible: what the fast engine is checked against. */
export function meetsComparison({ attribute, operator, value }: Comparison, attributes: Attributes): boolean {
	const actual = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
	if (operator === 'missing') return actual === undefined;
	if (actual === undefined) return false;
	const isNumber = typeof actual === 'number' && typeof value === 'number';
	switch (operator) {
		case 'exists':
			return true;
		case 'eq':
			return actual === value;
		case 'ne':
			return typeof actual === typeof value && actual !== value;
		case 'lt':
			return isNumber && actual < value;
		case 'lte':
			return isNumber && actual <= value;
		case 'gt':
			return isNumber && actual > value;
		case 'gte':
			return isNumber && actual >= value;
		case 'between': {
			const [low, high] = value as readonly [number, number];
			return typeof actual === 'number' && actual >= low && actual <= high;
		}
		case 'in':
			return (value as readonly unknown[]).includes(actual);
		case 'contains':
			return typeof actual === 'string' && actual.toLowerCase().includes((value as string).toLowerCase());
	}
}

export function meetsPattern(pattern: Pattern, attributes: Attributes): boolean {
	if ('all' in pattern) return pattern.all.every((part) => meetsPattern(part, attributes));
	if ('any' in pattern) return pattern.any.some((part) => meetsPattern(part, attributes));
	if ('not' in pattern) return !meetsPattern(pattern.not, attributes);
	return meetsComparison(pattern, attributes);
}

/** Undefined when the rule does not watch the vehicle. */
function watch(
	{ id, scope }: Rule,
	{ vehicleId, customerId }: VehicleFacts,
	watches: readonly TaskWatch[],
): { taskId: number | null } | undefined {
	if (scope.vehicles === 'all') return { taskId: null };
	if (scope.vehicles === 'vehicle') return scope.vehicleId === vehicleId ? { taskId: null } : undefined;
	if (scope.vehicles === 'customer') return scope.customerId === customerId ? { taskId: null } : undefined;
	const mine = watches.filter(({ ruleId }) => ruleId === id);
	const nearest = [
		mine.filter((one) => one.vehicleId === vehicleId),
		mine.filter((one) => one.vehicleId === null && one.customerId !== null && one.customerId === customerId),
		mine.filter((one) => one.vehicleId === null && one.customerId === null),
	].find((group) => group.length > 0);
	return nearest && { taskId: Math.min(...nearest.map(({ taskId }) => taskId)) };
}

export interface ReferenceTransition {
	readonly ruleId: number;
	readonly kind: 'fired' | 'suppressed' | 'cleared';
	readonly taskId: number | null;
}

export function evaluateSlowly(
	rules: readonly Rule[],
	watches: readonly TaskWatch[],
	facts: VehicleFacts,
	states: ReadonlyMap<number, EdgeState>,
): ReferenceTransition[] {
	const ids = new Set([...rules.map(({ id }) => id), ...states.keys()]);
	return [...ids]
		.sort((a, b) => a - b)
		.flatMap((ruleId): ReferenceTransition[] => {
			const rule = rules.find(({ id, enabled }) => id === ruleId && enabled);
			const watched = rule && watch(rule, facts, watches);
			const isMet = rule && watched ? meetsPattern(rule.pattern, facts.attributes) : false;
			const { isMet: wasMet, lastFiredAt } = states.get(ruleId) ?? { isMet: false, lastFiredAt: null };
			if (isMet === wasMet) return [];
			if (!isMet) return [{ ruleId, kind: 'cleared', taskId: null }];
			const isQuiet =
				rule !== undefined &&
				lastFiredAt !== null &&
				facts.at < lastFiredAt + rule.fire.cooldownSeconds * 1000;
			return [{ ruleId, kind: isQuiet ? 'suppressed' : 'fired', taskId: watched?.taskId ?? null }];
		});
}

/** The states as the caller keeps them after a report. */
export function remember(
	states: ReadonlyMap<number, EdgeState>,
	transitions: readonly ReferenceTransition[],
	at: number,
): Map<number, EdgeState> {
	const next = new Map(states);
	for (const { ruleId, kind } of transitions) {
		const lastFiredAt = kind === 'fired' ? at : (states.get(ruleId)?.lastFiredAt ?? null);
		next.set(ruleId, { isMet: kind !== 'cleared', lastFiredAt });
	}
	return next;
}
