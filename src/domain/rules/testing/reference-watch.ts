import type { Rule } from '../rule';
import type { TraceReport } from './reference-facts';

/** Through which task the rule watches the vehicle, null for none; undefined when it does not watch it. */
export function watchOf(
	ruleId: number,
	{ vehicle, active }: TraceReport,
): { readonly rule: Rule; readonly taskId: number | null } | undefined {
	const rule = active.rules.find(({ id, enabled }) => id === ruleId && enabled);
	if (rule === undefined) return undefined;
	const { scope } = rule;
	const byItself = { rule, taskId: null };
	if (scope.vehicles === 'all') return byItself;
	if (scope.vehicles === 'vehicle') return scope.vehicleId === vehicle.id ? byItself : undefined;
	if (scope.vehicles === 'customer') return scope.customerId === vehicle.customerId ? byItself : undefined;
	const mine = active.taskWatches.filter((watch) => watch.ruleId === ruleId);
	const { id, customerId } = vehicle;
	const nearest = [
		mine.filter((one) => one.vehicleId === id),
		mine.filter((one) => one.vehicleId === null && one.customerId !== null && one.customerId === customerId),
		mine.filter((one) => one.vehicleId === null && one.customerId === null),
	].find((group) => group.length > 0);
	return nearest && { rule, taskId: Math.min(...nearest.map(({ taskId }) => taskId)) };
}
