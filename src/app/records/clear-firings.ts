import { startsByItself } from '../../domain/rules/entry-pattern';
import type { Firing } from '../../domain/rules/firing';
import { NEVER_MET } from '../../domain/rules/rule-state';
import type { StoreSession } from '../ports/store';
import type { StoredRuleState } from '../ports/store-rules';

/**
 * Ends open firings that no report can clear any more, since their rule or task no longer watches the vehicle. The
 * rule starts afresh for these vehicles: met again, it fires again. Of rules on trial nobody is told.
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
	await startAfresh(session, open, at);
	await session.events.append(
		cleared
			.filter(({ isShadow }) => !isShadow)
			.map((firing) => ({ type: 'ruleCleared', at, recordId: firing.id, record: { ...firing } })),
	);
	return cleared;
}

/** Only the cooldown and the count of the day go on. A rule that waits for the clock is looked at again, so that its wait begins anew. */
async function startAfresh(session: StoreSession, ended: readonly Firing[], at: number): Promise<void> {
	const ids = new Set(ended.map(({ id }) => id));
	const states = await session.rules.states([...new Set(ended.map(({ vehicleId }) => vehicleId))]);
	const affected = states.filter(({ firingId }) => firingId !== null && ids.has(firingId));
	const rules = await session.rules.getMany(affected.map(({ ruleId }) => ruleId));
	await session.rules.saveStates(
		affected.map(({ ruleId, vehicleId, state }): StoredRuleState => {
			const rule = rules.get(ruleId);
			const dueAt = rule?.enabled && startsByItself(rule) ? at : null;
			const { lastFiredAt, firedOn } = state;
			const fresh = { ...NEVER_MET, lastFiredAt, firedOn, dueAt };
			return { ruleId, vehicleId, firingId: null, state: fresh };
		}),
	);
}
