import type { ActionRepository, NewAction } from '../../../app/ports/store-rules';
import { MAYBE_SENT, type Action, type ActionContent, type ActionState } from '../../../domain/action';
import type { SqlValue } from '../engine';
import { actionEntity } from '../entities';
import { jsonOf, numberOf, numberOrNull, textOf, textOrNull } from '../read-row';
import { InsertStatement, queryLists } from '../rows';
import type { Row } from '../session';
import type { StoreContext } from '../store-context';
import { EntityReader } from './record-reader';

const ADD = new InsertStatement(
	'action',
	[
		...['firingId', 'position', 'occurredAt', 'content', 'state', 'attempts', 'dueAt', 'createdAt'],
		...['doneAt', 'result'],
	],
	'ON CONFLICT ("firingId", position, "occurredAt") DO NOTHING',
);
const NO_LEASE = '"leaseToken" = NULL, "leaseUntil" = NULL';
/** A lease that is still there was its holder's end, or will come too late: nobody knows what the attempt brought. */
const NOTE_CUT_OFF = `"lastError" = CASE WHEN "leaseToken" IS NULL THEN "lastError" ELSE '${MAYBE_SENT}' END`;
const FIRINGS_AT_ONCE = 100;

export class StoredActions extends EntityReader<Action> implements ActionRepository {
	constructor(context: StoreContext) {
		super(context, actionEntity, ['lastError', 'result']);
	}

	async add(actions: readonly NewAction[], at: number): Promise<void> {
		await ADD.execute(
			this.context.execute,
			actions.map(({ firingId, position, occurredAt, content, state, result, dueAt = at }) => [
				firingId,
				position,
				occurredAt,
				JSON.stringify(content),
				state,
				0,
				dueAt,
				at,
				state === 'done' ? at : null,
				result,
			]),
		);
	}

	async claim(lease: {
		token: string;
		now: number;
		leaseMs: number;
		limit: number;
		firingIds?: readonly number[];
	}): Promise<Action[]> {
		if (lease.firingIds === undefined) return await this.#claim(lease, lease.limit, null);
		const firingIds = [...new Set(lease.firingIds)].sort((a, b) => a - b);
		const claimed: Action[] = [];
		for (let done = 0; done < firingIds.length && claimed.length < lease.limit; done += FIRINGS_AT_ONCE) {
			const some = firingIds.slice(done, done + FIRINGS_AT_ONCE);
			claimed.push(...(await this.#claim(lease, lease.limit - claimed.length, some)));
		}
		return claimed;
	}

	async #claim(
		{ token, now, leaseMs }: { token: string; now: number; leaseMs: number },
		limit: number,
		firingIds: readonly number[] | null,
	): Promise<Action[]> {
		const ofFirings = firingIds ? `AND "firingId" IN (${firingIds.map(() => '?').join(', ')})` : '';
		// Counted when it begins: an attempt that takes its process down with it is one too.
		const rows = await this.context.query(
			`UPDATE action SET "leaseToken" = ?, "leaseUntil" = ?, attempts = attempts + 1, ${NOTE_CUT_OFF}
			WHERE id IN (
				SELECT id FROM action
				WHERE state = 'pending' AND "dueAt" <= ? AND ("leaseUntil" IS NULL OR "leaseUntil" <= ?) ${ofFirings}
				ORDER BY id LIMIT ?
			) RETURNING *`,
			[token, now + leaseMs, now, now, ...(firingIds ?? []), limit],
		);
		return rows.map(actionFrom).sort((a, b) => a.id - b.id);
	}

	async markDone(id: number, token: string, result: string, at: number): Promise<boolean> {
		return await this.#settle(id, token, `state = 'done', result = ?, "doneAt" = ?, "lastError" = NULL`, [
			result,
			at,
		]);
	}

	async retryLater(id: number, token: string, error: string, dueAt: number): Promise<boolean> {
		return await this.#settle(id, token, '"lastError" = ?, "dueAt" = ?', [error, dueAt]);
	}

	async markDead(id: number, token: string, error: string): Promise<boolean> {
		return await this.#settle(id, token, `state = 'dead', "lastError" = ?`, [error]);
	}

	async revive(ids: readonly number[], at: number): Promise<number> {
		const rows = await queryLists(
			this.context.query,
			ids,
			(list) =>
				`UPDATE action SET state = 'pending', attempts = 0, "dueAt" = ${Math.trunc(at)},
					${NOTE_CUT_OFF}, ${NO_LEASE}
				WHERE state IN ('pending', 'dead') AND id IN (${list}) RETURNING id`,
		);
		return rows.length;
	}

	async #settle(id: number, token: string, set: string, params: readonly SqlValue[]): Promise<boolean> {
		const rows = await this.context.query(
			`UPDATE action SET ${set}, ${NO_LEASE} WHERE id = ? AND "leaseToken" = ? RETURNING id`,
			[...params, id, token],
		);
		return rows.length > 0;
	}
}

function actionFrom(row: Row): Action {
	return {
		id: numberOf(row, 'id'),
		firingId: numberOf(row, 'firingId'),
		position: numberOf(row, 'position'),
		occurredAt: numberOf(row, 'occurredAt'),
		content: jsonOf<ActionContent>(row, 'content'),
		state: textOf(row, 'state') as ActionState,
		attempts: numberOf(row, 'attempts'),
		dueAt: numberOf(row, 'dueAt'),
		lastError: textOrNull(row, 'lastError'),
		createdAt: numberOf(row, 'createdAt'),
		doneAt: numberOrNull(row, 'doneAt'),
		result: textOrNull(row, 'result'),
	};
}
