import type { RuleSet } from '../../domain/rules/compile-rules';
import type { StoreSession } from '../ports/store';
import { evaluateReports, type VehicleOutcome } from './evaluate-reports';
import type { VehicleReport } from './match-vehicles';

/** Loads what is known of the reports' vehicles, in two statements, and evaluates vehicle by vehicle. */
export async function evaluateBatch(
	session: Pick<StoreSession, 'statuses' | 'rules'>,
	reports: readonly VehicleReport[],
	ruleSet: RuleSet,
	receivedAt: number,
): Promise<VehicleOutcome[]> {
	const byVehicle = groupBy(reports, ({ vehicle }) => vehicle.id);
	const vehicleIds = [...byVehicle.keys()];
	const statuses = await session.statuses.current(vehicleIds);
	const states = groupBy(await session.rules.states(vehicleIds), ({ vehicleId }) => vehicleId);
	return [...byVehicle].flatMap(([vehicleId, ofVehicle]) => {
		const vehicle = ofVehicle[0]?.vehicle;
		if (vehicle === undefined) return [];
		const memory = { status: statuses.get(vehicleId) ?? null, states: states.get(vehicleId) ?? [] };
		return [evaluateReports(vehicle, ofVehicle, memory, ruleSet, receivedAt)];
	});
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => number): Map<number, T[]> {
	const groups = new Map<number, T[]>();
	for (const value of values) {
		const group = groups.get(keyOf(value));
		if (group === undefined) groups.set(keyOf(value), [value]);
		else group.push(value);
	}
	return groups;
}
