import type { Firing } from '../../domain/rules/firing';
import type { StoreSession } from '../ports/store';

/**
 * Ends open firings that no report can clear any more, since their rule or task no longer watches the vehicle. The
 * rule starts afresh for these vehicles: met again, it fires again.
 */
export async function clearFirings(
	session: StoreSession,
	of: Partial<Pick<Firing, 'ruleId' | 'taskId' | 'vehicleId'>>,
	at: number,
	only: (firing: Firing) => boolean = () => true,
): Promise<Firing[]> {
	const open = (await session.firings.find({ where: { ...of, clearedAt: null } })).filter(only);
	if (open.length === 0) return [];
	// A report may be dated a little ahead of this clock; a firing never ends before it began.
	const ended = open.map(({ id, openedAt }) => ({ id, clearedAt: Math.max(at, openedAt) }));
	const cleared = [...(await session.firings.clear(ended)).values()].sort((a, b) => a.id - b.id);
	const ids = new Set(open.map(({ id }) => id));
	const states = await session.rules.states([...new Set(open.map(({ vehicleId }) => vehicleId))]);
	await session.rules.saveStates(
		states
			.filter(({ firingId }) => firingId !== null && ids.has(firingId))
			.map((state) => ({ ...state, firingId: null, isMet: false })),
	);
	await session.events.append(
		cleared.map((firing) => ({ type: 'ruleCleared', at, recordId: firing.id, record: { ...firing } })),
	);
	return cleared;
}
