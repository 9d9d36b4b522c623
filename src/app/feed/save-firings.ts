import type { Customer } from '../../domain/customer';
import type { Firing } from '../../domain/rules/firing';
import type { Vehicle } from '../../domain/vehicle';
import type { StoreSession } from '../ports/store';
import type { NewFiring, VehicleOutcome } from './evaluate-reports';

export interface OpenedFiring {
	readonly draft: NewFiring;
	readonly firing: Firing;
	readonly customer: Customer | null;
}

export interface ClearedFiring {
	readonly firing: Firing;
	readonly vehicle: Vehicle;
	readonly customer: Customer | null;
}

type FiringSession = Pick<StoreSession, 'firings' | 'rules' | 'customers'>;

/** Opens and clears firings and keeps the states of the rules, so that the next batch goes on where this one ends. */
export async function saveFirings(
	session: FiringSession,
	outcomes: readonly VehicleOutcome[],
): Promise<{ opened: OpenedFiring[]; cleared: ClearedFiring[] }> {
	const customerOf = customerLookup(session);
	const drafts = outcomes.flatMap((outcome) => outcome.opened);
	const fields = drafts.map(firingFields);
	const ids = fields.length === 0 ? [] : await session.firings.open(fields);
	const idOf = new Map<NewFiring, number>();
	const opened: OpenedFiring[] = [];
	const ended = outcomes.flatMap((outcome) => outcome.cleared);

	for (const [index, draft] of drafts.entries()) {
		const [id, field] = [ids[index], fields[index]];
		if (id === undefined || field === undefined)
			throw new Error('The store opened fewer firings than it was given');
		idOf.set(draft, id);
		const firing: Firing = { ...field, id, clearedAt: null, acknowledgedAt: null };
		opened.push({ draft, firing, customer: await customerOf(draft.vehicle) });
		if (draft.clearedAt !== null) ended.push({ id, clearedAt: draft.clearedAt, vehicle: draft.vehicle });
	}
	const nowCleared = ended.length === 0 ? new Map<number, Firing>() : await session.firings.clear(ended);
	const cleared: ClearedFiring[] = [];
	for (const { id, vehicle } of ended) {
		const firing = nowCleared.get(id);
		// Absent when it was cleared already, by a rule that was disabled: it ended then.
		if (firing !== undefined) cleared.push({ firing, vehicle, customer: await customerOf(vehicle) });
	}
	const states = outcomes.flatMap(({ changedStates }) =>
		changedStates.map(({ firing, ...state }) => ({
			...state,
			firingId: firing === null || typeof firing === 'number' ? firing : (idOf.get(firing) ?? null),
		})),
	);
	if (states.length > 0) await session.rules.saveStates(states);
	return { opened, cleared };
}

function firingFields({ vehicle, rule, taskId, evidence, status }: NewFiring) {
	return {
		ruleId: rule.id,
		ruleVersion: rule.version,
		ruleName: rule.name,
		severity: rule.severity,
		vehicleId: vehicle.id,
		taskId,
		openedAt: status.reportedAt,
		evidence,
		messageId: status.messageId,
	};
}

/** One look-up for each customer, however many of its vehicles fire. */
function customerLookup({ customers }: FiringSession): (vehicle: Vehicle) => Promise<Customer | null> {
	const known = new Map<number, Customer | null>();
	return async ({ customerId }) => {
		if (customerId === null) return null;
		const customer = known.get(customerId);
		if (customer !== undefined) return customer;
		const found = await customers.get(customerId);
		known.set(customerId, found);
		return found;
	};
}
