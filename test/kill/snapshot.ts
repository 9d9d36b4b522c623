import type { TypeOrmStore } from '../../src/adapters/store/open-store';
import { type Action, type ActionType, emailMessageId } from '../../src/domain/action';

/** Something done, and the firing for which it was. */
export interface Effect {
	readonly firing: string;
	readonly what: string;
}

export interface Email {
	readonly messageId: string;
	readonly action: Action;
}

/** What a feed brought about, under names that hold in any store: no ids, and no times of writing. */
export interface Snapshot {
	/** Message ids of the history, as often as they stand there, with whether they came too late for the rules. */
	readonly history: readonly { readonly messageId: string; readonly isLate: boolean }[];
	/** Ids, and payloads' texts, of what was rejected. */
	readonly rejected: readonly {
		readonly messageId: string;
		readonly payload: string;
		readonly reason: string;
	}[];
	/** By vehicle key. */
	readonly newest: ReadonlyMap<string, string>;
	readonly statuses: readonly string[];
	readonly firings: readonly string[];
	readonly tasks: readonly Effect[];
	readonly logs: readonly Effect[];
	readonly actions: readonly (Effect & { readonly type: ActionType })[];
	readonly emails: readonly Email[];
}

export async function snapshotOf(store: TypeOrmStore, feed: string): Promise<Snapshot> {
	const history = await store.database.read(
		async (query) => await query(`SELECT "messageId", "isLate" FROM status_history WHERE feed = ?`, [feed]),
	);
	const rejected = await store.database.read(
		async (query) =>
			await query(`SELECT "messageId", payload, reason FROM quarantine WHERE feed = ?`, [feed]),
	);
	return await store.read(async (session) => {
		const vehicles = await session.vehicles.find();
		const keyOf = new Map(vehicles.map(({ id, externalId }) => [id, externalId ?? String(id)]));
		const statuses = [...(await session.statuses.current([...keyOf.keys()])).values()];
		const firings = await session.firings.find();
		const nameOf = new Map(
			firings.map(({ id, ruleName, vehicleId, openedAt }) => [
				id,
				`${ruleName} of ${keyOf.get(vehicleId)} at ${openedAt}`,
			]),
		);
		const firingOf = (id: number | null) => nameOf.get(id ?? 0) ?? `unknown firing ${id}`;
		const actions = await session.actions.find();
		return {
			history: history.map(({ messageId, isLate }) => ({
				messageId: String(messageId),
				isLate: Boolean(isLate),
			})),
			rejected: rejected.map(({ messageId, payload, reason }) => ({
				messageId: String(messageId),
				payload: String(payload),
				reason: String(reason),
			})),
			newest: new Map(
				statuses.map(({ vehicleId, messageId }) => [keyOf.get(vehicleId) ?? '', messageId] as const),
			),
			statuses: statuses.map(({ vehicleId, receivedAt: _receivedAt, ...status }) =>
				JSON.stringify([keyOf.get(vehicleId), status]),
			),
			firings: firings.map(
				({ id, clearedAt, severity, messageId }) =>
					`${nameOf.get(id)}, cleared at ${clearedAt}, ${severity}, by ${messageId}`,
			),
			tasks: (await session.tasks.find()).map(({ title, state, firingId }) => ({
				firing: firingOf(firingId),
				what: `${title} (${state})`,
			})),
			logs: (await session.logs.find())
				.filter(({ firingId }) => firingId !== null)
				.map(({ message, firingId }) => ({ firing: firingOf(firingId), what: message })),
			actions: actions.map(({ firingId, position, occurredAt, content: { type } }) => ({
				firing: firingOf(firingId),
				type,
				what: `${type} ${position} at ${occurredAt}`,
			})),
			emails: actions
				.filter(({ content }) => content.type === 'sendEmail')
				.map((action) => ({ messageId: `<${emailMessageId(action)}>`, action })),
		};
	});
}
