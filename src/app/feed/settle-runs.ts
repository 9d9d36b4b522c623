import type { Customer } from '../../domain/customer';
import type { Firing } from '../../domain/rules/firing';
import type { Vehicle } from '../../domain/vehicle';
import type { StoreSession } from '../ports/store';
import { batchEvents } from './batch-events';
import { completeTasks } from './complete-tasks';
import { saveFirings } from './save-firings';
import { saveStatuses } from './save-statuses';
import { storeActions, type StoredOccasion } from './store-actions';
import { beginNextBatch, hasStirred, type VehicleRun } from './vehicle-run';

export interface FiringReport {
	readonly firing: Firing;
	readonly vehicle: Vehicle;
	readonly customer: Customer | null;
	/** Actions on this occasion that wait to be performed. */
	readonly actions: number;
}

export interface Settled {
	readonly fired: readonly FiringReport[];
	readonly cleared: readonly FiringReport[];
	/** Whether more of the rules' states has changed than the runs tell. */
	readonly hasEndedRules: boolean;
}

/** Brings into the store what has happened to the vehicles, and what follows from it. */
export async function settleRuns(
	session: StoreSession,
	runs: readonly VehicleRun[],
	now: number,
): Promise<Settled> {
	await saveStatuses(session, runs);
	const occasions = await storeActions(session, await saveFirings(session, runs.filter(hasStirred)), now);
	const events = batchEvents(occasions, now);
	if (events.length > 0) await session.events.append(events);
	const hasEndedRules = await completeTasks(session, occasions, now);
	for (const run of runs) beginNextBatch(run);
	return {
		fired: reportsOf(occasions, 'fired'),
		cleared: reportsOf(occasions, 'cleared'),
		hasEndedRules,
	};
}

function reportsOf(occasions: readonly StoredOccasion[], which: StoredOccasion['kind']): FiringReport[] {
	return occasions
		.filter(({ kind }) => kind === which)
		.map(({ firing, vehicle, customer, pending }) => ({ firing, vehicle, customer, actions: pending }));
}
