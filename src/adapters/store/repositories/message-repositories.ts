import type { EventRepository } from '../../../app/ports/store';
import type {
	InboxRepository,
	QuarantinedMessage,
	QuarantineRepository,
	RejectedMessage,
} from '../../../app/ports/store-statuses';
import { FLEET_EVENTS_FEED, type FleetEvent } from '../../../domain/event';
import { rejectedMessageEntity } from '../entities';
import { numberOrNull, textOf } from '../read-row';
import { INTO_OR_FAIL } from '../node-sqlite-database';
import { InsertStatement, queryLists } from '../rows';
import type { StoreContext } from '../store-context';
import { withoutNul } from '../without-nul';
import { removeRow, updateRow } from './entity-repository';
import { EntityReader } from './record-reader';

const INBOX_COLUMNS = ['feed', 'messageId', 'receivedAt'];
const ADD_AND_TELL = new InsertStatement(
	'inbox',
	INBOX_COLUMNS,
	'ON CONFLICT DO NOTHING RETURNING "messageId"',
);
const ADD_TO_INBOX = new InsertStatement('inbox', INBOX_COLUMNS, 'ON CONFLICT DO NOTHING', {
	into: INTO_OR_FAIL,
});
/** Any number but the writer's own; held until the commit, so that ids rise in the order of the commits. */
const TAKE_EVENTS = 'SELECT pg_advisory_xact_lock(7135534)';
const ADD_TO_QUARANTINE = new InsertStatement(
	'quarantine',
	['feed', 'messageId', 'payload', 'reason', 'field', 'receivedAt', 'format', 'transportId', 'topic'],
	'ON CONFLICT (feed, "messageId") DO NOTHING RETURNING feed, "messageId"',
);
const APPEND_TO_BUS = new InsertStatement('bus_message', ['feed', 'messageKey', 'payload', 'publishedAt']);

export class StoredInbox implements InboxRepository {
	constructor(private readonly context: StoreContext) {}

	async add(feed: string, messageIds: readonly string[], receivedAt: number): Promise<Set<string>> {
		if (this.context.kind === 'sqlite') return await this.#addCounted(feed, messageIds, receivedAt);
		// In one order, whoever adds: of two transactions that share ids, one waits for the other.
		const told = await ADD_AND_TELL.run(
			this.context.query,
			messageIds.toSorted().map((messageId) => [feed, messageId, receivedAt]),
		);
		const added = new Set(told.map((row) => withoutNul(textOf(row, 'messageId'))));
		return new Set(messageIds.filter((messageId) => added.has(withoutNul(messageId))));
	}

	async known(feed: string, messageIds: readonly string[]): Promise<Set<string>> {
		const rows = await queryLists(
			this.context.query,
			messageIds.map(withoutNul),
			(list) => `SELECT "messageId" FROM inbox WHERE feed = ? AND "messageId" IN (${list})`,
			1,
			[feed],
		);
		const there = new Set(rows.map((row) => textOf(row, 'messageId')));
		return new Set(messageIds.filter((messageId) => there.has(withoutNul(messageId))));
	}

	/** Nearly always all are new, which their number tells at less than half the price; else the last rows say which. */
	async #addCounted(feed: string, messageIds: readonly string[], receivedAt: number): Promise<Set<string>> {
		const { query, execute } = this.context;
		const [last] = await query('SELECT MAX(rowid) AS id FROM inbox');
		const distinct = new Set(messageIds);
		const { changed } = await ADD_TO_INBOX.executeEach(execute, messageIds, (messageId, params, at) => {
			params[at] = feed;
			params[at + 1] = messageId;
			params[at + 2] = receivedAt;
		});
		if (changed === distinct.size) return distinct;
		const added = await query('SELECT "messageId" FROM inbox WHERE rowid > ?', [
			numberOrNull(last ?? {}, 'id') ?? 0,
		]);
		return new Set(added.map((row) => textOf(row, 'messageId')));
	}
}

export class StoredQuarantine extends EntityReader<RejectedMessage> implements QuarantineRepository {
	constructor(context: StoreContext) {
		super(context, rejectedMessageEntity, ['reason', 'payload', 'messageId']);
	}

	async add(messages: readonly QuarantinedMessage[]): Promise<QuarantinedMessage[]> {
		const keyOf = (feed: string, messageId: string) => JSON.stringify([feed, withoutNul(messageId)]);
		// The first of two with one id is the one that is kept.
		const byKey = new Map<string, QuarantinedMessage>();
		for (const message of messages) {
			const key = keyOf(message.feed, message.messageId);
			if (!byKey.has(key)) byKey.set(key, message);
		}
		const rows = await ADD_TO_QUARANTINE.run(
			this.context.query,
			sorted(byKey).map(({ feed, messageId, payload, reason, field, receivedAt, ...read }) => [
				...[feed, messageId, payload, reason, field, receivedAt],
				read.format ? JSON.stringify(read.format) : null,
				read.transportId ?? null,
				read.topic ?? null,
			]),
		);
		const added = new Set(rows.map((row) => keyOf(textOf(row, 'feed'), textOf(row, 'messageId'))));
		return [...byKey.entries()].filter(([key]) => added.has(key)).map(([, message]) => message);
	}

	async update(id: number, changes: Partial<Omit<RejectedMessage, 'id'>>): Promise<RejectedMessage | null> {
		await updateRow(this.context, rejectedMessageEntity, id, changes);
		return await this.get(id);
	}

	async remove(id: number): Promise<boolean> {
		return await removeRow(this.context, 'quarantine', id);
	}
}

/** In one order, whoever adds: of two transactions that share ids, one waits for the other. */
function sorted(byKey: ReadonlyMap<string, QuarantinedMessage>): QuarantinedMessage[] {
	return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
}

/** Events go onto the embedded bus in the transaction of what they tell of. `onAppend`: told once there are any. */
export class StoredEvents implements EventRepository {
	constructor(
		private readonly context: StoreContext,
		private readonly onAppend: () => void,
	) {}

	async append(events: readonly FleetEvent[]): Promise<void> {
		if (events.length === 0) return;
		if (this.context.writeKind === 'feed') await this.context.query(TAKE_EVENTS);
		await APPEND_TO_BUS.execute(
			this.context.execute,
			events.map((event) => [FLEET_EVENTS_FEED, recordKey(event), JSON.stringify(event), event.at]),
		);
		this.onAppend();
	}
}

/** Events of one record stay in their order: `vehicleUpdated` of vehicle 7 has the key `vehicle:7`. */
function recordKey({ type, recordId }: FleetEvent): string {
	return `${type.replace(/[A-Z].*$/, '')}:${recordId}`;
}
