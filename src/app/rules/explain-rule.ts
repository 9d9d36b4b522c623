import type { VehicleStatus } from '../../domain/status';
import { compileRules } from '../../domain/rules/compile-rules';
import { explainRule as explainPattern, type Explanation } from '../../domain/rules/explain-pattern';
import type { Firing } from '../../domain/rules/firing';
import type { Rule } from '../../domain/rules/rule';
import { vehicleLabel } from '../../domain/vehicle';
import { NoStatusYetError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { findRule, findVehicle } from '../records/find-record';
import type { RecordRef } from '../records/record-ref';

export interface RuleExplanation {
	readonly rule: string;
	readonly version: number;
	readonly vehicle: string;
	/** Whether the pattern is met now. */
	readonly met: boolean;
	/** The tree, a line for each part, indented, for a person to read. */
	readonly text: string;
	readonly tree: Explanation;
	readonly lastReportedAt: number;
	/** The newest firing of the rule for the vehicle, with what met it; null when it never fired. */
	readonly lastFiring: Firing | null;
}

/**
 * Why the rule fired for the vehicle, or how near it is, now. Whether the rule watches the vehicle does not matter.
 * Changes nothing. Rejects with `RecordNotFoundError`, or with `NoStatusYetError` for a vehicle without a report.
 */
export async function explainRule(
	fleet: Fleet,
	ref: RecordRef,
	vehicleRef: RecordRef,
): Promise<RuleExplanation> {
	return await fleet.store.read(async (session) => {
		const rule = await findRule(session, ref);
		const vehicle = await findVehicle(session, vehicleRef);
		const status = (await session.statuses.current([vehicle.id])).get(vehicle.id);
		if (status === undefined) throw new NoStatusYetError(vehicleLabel(vehicle));
		const tree = await explain(session, rule, vehicle.id, status, Math.max(fleet.clock(), status.reportedAt));
		const [lastFiring] = await session.firings.find({
			where: { ruleId: rule.id, vehicleId: vehicle.id },
			orderBy: 'openedAt',
			descending: true,
			limit: 1,
		});
		return {
			rule: rule.name,
			version: rule.version,
			vehicle: vehicleLabel(vehicle),
			met: tree.met,
			text: linesOf(tree).join('\n'),
			tree,
			lastReportedAt: status.reportedAt,
			lastFiring: lastFiring ?? null,
		};
	});
}

async function explain(
	session: StoreSession,
	rule: Rule,
	vehicleId: number,
	status: VehicleStatus,
	now: number,
): Promise<Explanation> {
	const everywhere: Rule = { ...rule, enabled: true, scope: { vehicles: 'all' } };
	const geofences = await session.geofences.find();
	const ruleSet = compileRules({ rules: [everywhere], taskWatches: [], geofences });
	const vehicle = await session.vehicles.get(vehicleId);
	const customerId = vehicle?.customerId ?? null;
	const customer = customerId === null ? null : await session.customers.get(customerId);
	const stored = (await session.rules.states([vehicleId])).filter(({ ruleId }) => ruleId === rule.id);
	const run = {
		vehicle: {
			id: vehicleId,
			customerId,
			attributes: vehicle?.attributes ?? {},
			customerAttributes: customer?.attributes ?? {},
		},
		status,
		states: new Map(stored.map(({ ruleId, state }) => [ruleId, state])),
		changed: new Set<number>(),
	};
	const tree = explainPattern(ruleSet, run, rule.id, now);
	if (tree === null) throw new Error('The rule is not in its own rule set');
	return tree;
}

function linesOf({ text, met, detail, parts = [] }: Explanation, indent = ''): string[] {
	const line = `${indent}${met ? '✓' : '✗'} ${text}${detail === undefined ? '' : ` (${detail})`}`;
	return [line, ...parts.flatMap((part) => linesOf(part, `${indent}  `))];
}
