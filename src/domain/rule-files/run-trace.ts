import type { Geofence, GeofenceFields } from '../geofence';
import { compileRules } from '../rules/compile-rules';
import type { RuleSet } from '../rules/compile-rules';
import { replay } from '../rules/replay';
import { SEVERITIES } from '../rules/rule';
import type { Rule, RuleScope, Severity } from '../rules/rule';
import type { RuleTransition, WatchedVehicle } from '../rules/run-rules';
import type { FileRule, FileScope } from './rule-file';
import type { Trace, TraceFiring, TraceVehicle } from './trace';

/** No vehicle or customer of a trace has it. */
const NOBODY = 0;

/**
 * The firings of the rules in the trace, by the time of their opening. Rules run whether they are enabled or not, and
 * those with the scope `tasks` as if every vehicle had an open task with them. Geofences of the trace take the place
 * of those with the same name.
 */
export function runTrace(
	rules: readonly FileRule[],
	geofences: readonly GeofenceFields[],
	trace: Trace,
): TraceFiring[] {
	const ids = new Ids(trace.vehicles);
	const fences = new Map([...geofences, ...trace.geofences].map((fence) => [fence.name, fence]));
	const ruleSet = compileRules({
		rules: rules.map((rule, index) => asRule(rule, index + 1, ids)),
		taskWatches: rules.flatMap(({ scope }, index) =>
			scope.vehicles === 'tasks'
				? [{ ruleId: index + 1, taskId: index + 1, vehicleId: null, customerId: null }]
				: [],
		),
		geofences: [...fences.values()].map(asGeofence),
	});
	return trace.vehicles
		.flatMap((vehicle) => firingsOf(vehicle, ruleSet, trace, ids))
		.sort((a, b) => a.openedAt - b.openedAt || compareTexts(a.rule, b.rule));
}

function firingsOf(vehicle: TraceVehicle, ruleSet: RuleSet, trace: Trace, ids: Ids): TraceFiring[] {
	const watched: WatchedVehicle = {
		id: ids.vehicle(vehicle.key),
		customerId: vehicle.customer === null ? null : ids.customer(vehicle.customer.key),
		attributes: vehicle.attributes,
		customerAttributes: vehicle.customer?.attributes ?? {},
	};
	const reports = trace.reports.filter(({ vehicleKey }) => vehicleKey === vehicle.key);
	return asFirings(replay(ruleSet, watched, reports, trace.until), vehicle.key);
}

function asFirings(transitions: readonly RuleTransition[], vehicle: string): TraceFiring[] {
	const firings: TraceFiring[] = [];
	const open = new Map<number, number>();
	for (const { kind, ruleId, rule, at, severity } of transitions) {
		const place = open.get(ruleId);
		const firing = place === undefined ? undefined : firings[place];
		if (kind === 'fired') {
			open.set(ruleId, firings.length);
			firings.push({ rule: rule?.name ?? '', vehicle, openedAt: at, clearedAt: null, severity });
		} else if (firing !== undefined && place !== undefined) {
			if (kind === 'escalated') firings[place] = { ...firing, severity: higher(firing.severity, severity) };
			if (kind !== 'cleared') continue;
			firings[place] = { ...firing, clearedAt: at };
			open.delete(ruleId);
		}
	}
	return firings;
}

function higher(a: Severity, b: Severity): Severity {
	return SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b;
}

function asRule(rule: FileRule, id: number, ids: Ids): Rule {
	const scope = asScope(rule.scope, ids);
	return { ...rule, scope, id, enabled: true, version: 1, shadowOf: null, createdAt: 0, updatedAt: 0 };
}

function asScope(scope: FileScope, ids: Ids): RuleScope {
	switch (scope.vehicles) {
		case 'customer':
			return { vehicles: 'customer', customerId: ids.customer(scope.customer) };
		case 'vehicle':
			return { vehicles: 'vehicle', vehicleId: ids.vehicle(scope.vehicle) };
		default:
			return { vehicles: scope.vehicles };
	}
}

function asGeofence(fields: GeofenceFields, index: number): Geofence {
	return { ...fields, id: index + 1, createdAt: 0, updatedAt: 0 };
}

/** Numbers for the vehicles and customers of a trace. */
class Ids {
	private readonly vehicles: readonly string[];
	private readonly customers: readonly string[];

	constructor(vehicles: readonly TraceVehicle[]) {
		this.vehicles = vehicles.map(({ key }) => key);
		this.customers = [...new Set(vehicles.flatMap(({ customer }) => customer?.key ?? []))];
	}

	vehicle(key: string): number {
		return this.vehicles.indexOf(key) + 1 || NOBODY;
	}

	customer(key: string): number {
		return this.customers.indexOf(key) + 1 || NOBODY;
	}
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
