import type { Fleet } from '../fleet';
import type { PerformedAction } from './perform-actions';

const NO_CREDENTIAL =
	'No SMTP credential: choose one, and the email is sent with the next run of pending actions';

/** Without a mailer nothing is attempted, so that waiting does not use up attempts. */
export async function listWaiting(
	{ store }: Fleet,
	firingIds: readonly number[] | undefined,
	limit: number,
): Promise<PerformedAction[]> {
	const waiting = await store.read(async ({ actions }) => {
		if (firingIds === undefined) return await actions.find({ where: { state: 'pending' }, limit });
		const ofFirings = [];
		for (const firingId of firingIds) {
			ofFirings.push(...(await actions.find({ where: { state: 'pending', firingId } })));
		}
		return ofFirings.slice(0, limit);
	});
	return waiting.map(({ id, firingId, content, attempts }) => ({
		actionId: id,
		firingId,
		type: content.type,
		state: 'pending',
		error: NO_CREDENTIAL,
		result: null,
		attempts,
	}));
}
