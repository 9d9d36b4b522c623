import type { Action, ActionState, ActionType } from '../../domain/action';
import { LeaseLostError } from '../errors';
import type { Fleet } from '../fleet';
import type { Mailer } from '../ports/mailer';
import { turns } from '../turns';
import { attemptAction, type ActionOutcome } from './attempt-action';
import { listWaiting } from './list-waiting';

export interface PerformDeps {
	readonly fleet: Fleet;
	/** Null when there is no SMTP credential: emails stay pending. */
	readonly mailer: Mailer | null;
	/** Names the holder of a lease: never the same twice. */
	readonly newToken: () => string;
}

export interface PerformedAction {
	readonly actionId: number;
	readonly firingId: number;
	readonly type: ActionType;
	/** `pending`: another attempt follows by itself. */
	readonly state: ActionState;
	readonly error: string | null;
	/** What it brought about, such as the mail server's answer. */
	readonly result: string | null;
	readonly attempts: number;
}

/** Far longer than a server may take: nobody else tries the action while an attempt is under way. */
const LEASE_MS = 5 * 60_000;

const DEFAULT_LIMIT = 50;

/** Of the whole process, whoever performs: when it is killed, of one email nobody knows whether it was sent. */
const inTurn = turns();

/**
 * Attempts the pending actions that are due, oldest first, up to `limit` (default 50); with `firingIds` only those of
 * these firings. An action that fails is retried later, up to 10 attempts, then given up; it never stops the others.
 * One after the other in one process; several processes may do this at once: a lease keeps each action with one of
 * them.
 */
export async function performActions(
	deps: PerformDeps,
	{
		firingIds,
		limit = DEFAULT_LIMIT,
	}: { readonly firingIds?: readonly number[]; readonly limit?: number } = {},
): Promise<PerformedAction[]> {
	const { fleet, mailer } = deps;
	if (firingIds?.length === 0) return [];
	if (mailer === null) return await listWaiting(fleet, firingIds, limit);
	const performed: PerformedAction[] = [];
	while (performed.length < limit) {
		const next = await inTurn(async () => await performNext(fleet, mailer, deps.newToken(), firingIds));
		if (next === null) break;
		performed.push(next);
	}
	return performed;
}

/** Null when none is due. The lease begins with the attempt, not while others have their turns. */
async function performNext(
	fleet: Fleet,
	mailer: Mailer,
	token: string,
	firingIds: readonly number[] | undefined,
): Promise<PerformedAction | null> {
	const lease = { token, now: fleet.clock(), leaseMs: LEASE_MS, limit: 1, firingIds };
	const [action] = await fleet.store.write(async ({ actions }) => await actions.claim(lease));
	if (action === undefined) return null;
	return await record(fleet, action, token, await attemptAction(action, mailer));
}

/** Marks the action, unless its lease ran out in the meantime: then what the other holder does is what counts. */
async function record(
	{ store, clock }: Fleet,
	action: Action,
	token: string,
	outcome: ActionOutcome,
): Promise<PerformedAction> {
	const now = clock();
	const isMine = await store.write(async ({ actions }) => {
		switch (outcome.state) {
			case 'done':
				return await actions.markDone(action.id, token, outcome.result, now);
			case 'pending':
				return await actions.retryLater(action.id, token, outcome.error, now + outcome.retryInMs);
			case 'dead':
				return await actions.markDead(action.id, token, outcome.error);
		}
	});
	const { id: actionId, firingId, content } = action;
	const report = { actionId, firingId, type: content.type, attempts: outcome.attempts };
	if (!isMine) {
		const lost = new LeaseLostError(`Action ${actionId}`);
		return { ...report, state: 'pending', error: lost.message, result: null };
	}
	return {
		...report,
		state: outcome.state,
		error: outcome.state === 'done' ? null : outcome.error,
		result: outcome.state === 'done' ? outcome.result : null,
	};
}
