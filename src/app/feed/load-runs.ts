import type { RuleState } from '../../domain/rules/rule-state';
import type { Customer } from '../../domain/customer';
import type { Vehicle } from '../../domain/vehicle';
import type { StoreSession } from '../ports/store';
import type { VehicleRun } from './vehicle-run';

type LoadSession = Pick<StoreSession, 'statuses' | 'rules' | 'backlogs' | 'customers' | 'feedLocks'>;

export interface LoadOptions {
	/** Whether a rule asks for what was entered for customers. */
	readonly needsCustomers: boolean;
	/** Whether reports of these vehicles may wait; otherwise one look tells whether any report waits at all. */
	readonly mayWait: boolean;
}

/**
 * Adds what the store knows of the vehicles to the runs, which lack them, in a few statements for any number of them.
 * The vehicles are this transaction's own from here on.
 */
export async function loadRuns(
	session: LoadSession,
	vehicles: readonly Vehicle[],
	runs: Map<number, VehicleRun>,
	options: LoadOptions,
): Promise<void> {
	if (vehicles.length === 0) return;
	const vehicleIds = vehicles.map(({ id }) => id);
	await session.feedLocks.takeVehicles(vehicleIds);
	const statuses = await session.statuses.current(vehicleIds);
	const states = await session.rules.states(vehicleIds);
	const backlogs =
		options.mayWait || (await session.backlogs.dueVehicles(Number.MAX_SAFE_INTEGER, 1)).length > 0
			? await session.backlogs.of(vehicleIds)
			: new Map<number, never>();
	const customers = options.needsCustomers ? await customersOf(session, vehicles) : NO_CUSTOMERS;
	for (const vehicle of vehicles) {
		const { id, customerId, attributes } = vehicle;
		const newest = statuses.get(id) ?? null;
		const backlog = backlogs.get(id);
		const customer = customerId === null ? undefined : customers.get(customerId);
		runs.set(id, {
			vehicle,
			rules: {
				vehicle: { id, customerId, attributes, customerAttributes: customer?.attributes ?? {} },
				status: backlog === undefined ? newest : backlog.evaluated,
				states: new Map<number, RuleState>(),
				changed: new Set<number>(),
			},
			newest,
			stored: newest,
			waiting: backlog?.waiting ?? [],
			hadBacklog: backlog !== undefined,
			open: new Map(),
			happenings: [],
		});
	}
	for (const { vehicleId, ruleId, firingId, state } of states) {
		const run = runs.get(vehicleId);
		if (run === undefined) continue;
		run.rules.states.set(ruleId, state);
		if (firingId === null) continue;
		const { openedAt, severity } = state.open ?? { openedAt: state.lastFiredAt ?? 0, severity: 'info' };
		run.open.set(ruleId, { id: firingId, opened: null, openedAt, severity });
	}
}

const NO_CUSTOMERS: ReadonlyMap<number, Customer> = new Map();

async function customersOf(
	{ customers }: LoadSession,
	vehicles: readonly Vehicle[],
): Promise<ReadonlyMap<number, Customer>> {
	return await customers.getMany(vehicles.flatMap(({ customerId }) => customerId ?? []));
}
