import type { Action } from '../../domain/action';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { findById } from './find-record';
import type { RecordRef } from './record-ref';

/** In the order in which the rule names them. */
export async function listFiringActions(fleet: Fleet, ref: RecordRef): Promise<Action[]> {
	return await fleet.store.read(async (session) => await actionsOf(session, ref));
}

/**
 * Makes the firing's actions that are not done due now, with their attempts counted anew, given up or not; done ones
 * stay as they are. Resolves with all of the firing's actions.
 */
export async function retryFiringActions(fleet: Fleet, ref: RecordRef): Promise<Action[]> {
	return await fleet.store.write(async (session) => {
		const open = (await actionsOf(session, ref)).filter(({ state }) => state !== 'done');
		await session.actions.revive(
			open.map(({ id }) => id),
			fleet.clock(),
		);
		return await actionsOf(session, ref);
	});
}

async function actionsOf(session: StoreSession, ref: RecordRef): Promise<Action[]> {
	const { id } = await findById('firing', session.firings, ref);
	return await session.actions.find({ where: { firingId: id }, orderBy: 'position' });
}
