import type { Firing } from '../../domain/rules/firing';
import { RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { RecordQuery } from '../ports/store-records';
import { findById } from './find-record';
import type { RecordRef } from './record-ref';

export async function getFiring(fleet: Fleet, ref: RecordRef): Promise<Firing> {
	return await fleet.store.read(async (session) => await findById('firing', session.firings, ref));
}

export async function listFirings(fleet: Fleet, query: RecordQuery<Firing> = {}): Promise<Firing[]> {
	return await fleet.store.read(async ({ firings }) => await firings.find(query));
}

/** Someone has seen it, so that no more reminders follow. The first time counts: again, it changes nothing. */
export async function acknowledgeFiring(fleet: Fleet, ref: RecordRef): Promise<Firing> {
	return await fleet.store.write(async (session) => {
		const firing = await findById('firing', session.firings, ref);
		if (firing.acknowledgedAt !== null) return firing;
		const acknowledged = await session.firings.acknowledge(firing.id, fleet.clock());
		if (acknowledged === null) throw new RecordNotFoundError('firing', firing.id);
		const states = (await session.rules.states([firing.vehicleId])).flatMap((stored) => {
			const { firingId, state } = stored;
			if (firingId !== firing.id || state.open === null) return [];
			return { ...stored, state: { ...state, open: { ...state.open, isAcknowledged: true } } };
		});
		if (states.length > 0) await session.rules.saveStates(states);
		return acknowledged;
	});
}
