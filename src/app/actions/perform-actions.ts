import type { Action, ActionState, ActionType } from '../../domain/action';
import { LeaseLostError } from '../errors';
import type { Fleet } from '../fleet';
import type { Mailer } from '../ports/mailer';
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

/** How many actions are attempted side by side. */
const SIDE_BY_SIDE = 5;

const DEFAULT_LIMIT = 50;

/**
 * Attempts the pending actions that are due, oldest first, up to `limit` (default 50); with `firingIds` only those of
 * these firings. An action that fails is retried later, up to 10 attempts, then given up; it never stops the others.
 * Several processes may do this at once: a lease keeps each action with one of them.
 */
export async function performActions(
	deps: PerformDeps,
	{
		firingIds,
		limit = DEFAULT_LIMIT,
	}: { readonly firingIds?: readonly number[]; readonly limit?: number } = {},
): Promise<PerformedAction[]> {
	const { fleet, mailer, newToken } = deps;
	if (firingIds?.length === 0) return [];
	if (mailer === null) return await listWaiting(fleet, firingIds, limit);
	const performed: PerformedAction[] = [];
	while (performed.length < limit) {
		const lease = {
			token: newToken(),
			now: fleet.clock(),
			leaseMs: LEASE_MS,
			limit: Math.min(SIDE_BY_SIDE, limit - performed.length),
			firingIds,
		};
		const claimed = await fleet.store.write(async ({ actions }) => await actions.claim(lease));
		if (claimed.length === 0) break;
		performed.push(
			...(await Promise.all(
				claimed.map(async (action) => {
					const outcome = await attemptAction(action, mailer);
					return await record(fleet, action, lease.token, outcome);
				}),
			)),
		);
	}
	return performed;
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
