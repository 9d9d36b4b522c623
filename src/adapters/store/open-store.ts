import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FleetStore, StoreSession } from '../../app/ports/store';
import { FLEET_EVENTS_FEED } from '../../domain/event';
import { ringFeed } from '../bus/feed-bells';
import { type Database, openDatabase, type Work } from './database';
import type { DatabaseKind } from './engine';
import { customerEntity } from './entities';
import { StoredActions } from './repositories/action-repository';
import { StoredBacklogs } from './repositories/backlog-repository';
import { bulkRepositories } from './repositories/bulk-repositories';
import { EntityRepository } from './repositories/entity-repository';
import { NeedsStoreError, StoredFeedLocks } from './repositories/feed-locks';
import { StoredFeedRuns } from './repositories/feed-run-repository';
import { StoredFirings } from './repositories/firing-repository';
import { StoredGeofences } from './repositories/geofence-repository';
import { StoredImports } from './repositories/import-repository';
import { StoredLogs } from './repositories/log-repository';
import { StoredEvents, StoredInbox, StoredQuarantine } from './repositories/message-repositories';
import { StoredRetention } from './repositories/retention-repository';
import { StoredRules } from './repositories/rule-repository';
import { StoredStatuses } from './repositories/status-repository';
import { StoredMetrics } from './repositories/store-metrics-repository';
import { StoredTasks } from './repositories/task-repository';
import { StoredVehicles } from './repositories/vehicle-repository';
import type { DatabaseSession } from './session';
import type { StoreContext } from './store-context';
import { describeStore, type SqliteOptions, type StoreOptions } from './store-options';
import { explainStoreError } from './explain-store-error';
import { CUSTOMER_KEYS } from './unique-keys';

export type { StoreOptions } from './store-options';

/** Rejects with `StoreUnavailableError` when the file or server cannot be used. */
export async function openStore(options: StoreOptions): Promise<TypeOrmStore> {
	return new TypeOrmStore(await openDatabase(options));
}

/**
 * Opens the store as its users would and says in one sentence what is there; makes no file, so that a mistyped path
 * leaves nothing behind. Rejects with `StoreUnavailableError`.
 */
export async function checkStore(options: StoreOptions): Promise<string> {
	if (options.kind === 'sqlite' && !existsSync(options.path)) {
		assertFolderWritable(options);
		return `There is no SQLite file ${options.path} yet: it is made, empty, at its first use.`;
	}
	const store = await openStore(options);
	try {
		const { vehicles, rules } = await store.read(async (session) => ({
			vehicles: await session.vehicles.count(),
			rules: await session.rules.count(),
		}));
		return `Connected to ${describeStore(options)}: ${vehicles} vehicles, ${rules} rules.`;
	} finally {
		await store.close();
	}
}

/** Looks at the nearest folder that is there: the ones below it would be made. */
function assertFolderWritable(options: SqliteOptions): void {
	let folder = dirname(options.path);
	while (!existsSync(folder)) folder = dirname(folder);
	try {
		accessSync(folder, constants.W_OK);
	} catch (error) {
		throw explainStoreError(error, options) ?? error;
	}
}

export class TypeOrmStore implements FleetStore {
	/** The embedded bus works on the same database: what is published there is in the store's transactions. */
	constructor(readonly database: Database) {}

	async write<T>(work: (session: StoreSession) => Promise<T>): Promise<T> {
		return await this.#ringing(work, (inTransaction) => this.database.write(inTransaction));
	}

	async writeFeed<T>(work: (session: StoreSession) => Promise<T>): Promise<T> {
		try {
			return await this.#ringing(work, (inTransaction) => this.database.writeFeed(inTransaction));
		} catch (error) {
			if (error instanceof NeedsStoreError) return await this.write(work);
			throw error;
		}
	}

	async read<T>(work: (session: StoreSession) => Promise<T>): Promise<T> {
		return await this.database.read(this.#reading(work));
	}

	async readFeed<T>(work: (session: StoreSession) => Promise<T>): Promise<T> {
		return await this.database.readFeed(this.#reading(work));
	}

	#reading<T>(work: (session: StoreSession) => Promise<T>): Work<T> {
		const { kind } = this.database;
		return async (_query, _orm, session) => await work(sessionOf(kind, session, () => {}));
	}

	/** Wakes the listeners of what `work` has told, once it is committed. */
	async #ringing<T>(
		work: (session: StoreSession) => Promise<T>,
		transact: (inTransaction: Work<T>) => Promise<T>,
	): Promise<T> {
		let hasEvents = false;
		const { kind } = this.database;
		const result = await transact((_query, _orm, session) => {
			hasEvents = false;
			return work(sessionOf(kind, session, () => (hasEvents = true)));
		});
		if (hasEvents) ringFeed(this.database, FLEET_EVENTS_FEED);
		return result;
	}

	async close(): Promise<void> {
		await this.database.close();
	}
}

function sessionOf(kind: DatabaseKind, session: DatabaseSession, onEvents: () => void): StoreSession {
	const { kind: writeKind, query, execute, orm } = session;
	const context: StoreContext = { kind, writeKind, query, execute, orm };
	const searched = ['externalId', 'name', 'email', 'phone'] as const;
	return {
		customers: new EntityRepository(context, customerEntity, searched, CUSTOMER_KEYS),
		vehicles: new StoredVehicles(context),
		statuses: new StoredStatuses(context),
		tasks: new StoredTasks(context),
		rules: new StoredRules(context),
		backlogs: new StoredBacklogs(context),
		geofences: new StoredGeofences(context),
		firings: new StoredFirings(context),
		actions: new StoredActions(context),
		logs: new StoredLogs(context),
		imports: new StoredImports(context),
		bulk: bulkRepositories(context),
		inbox: new StoredInbox(context),
		quarantine: new StoredQuarantine(context),
		feedRuns: new StoredFeedRuns(context),
		metrics: new StoredMetrics(context),
		retention: new StoredRetention(context),
		events: new StoredEvents(context, onEvents),
		feedLocks: new StoredFeedLocks(context, session),
	};
}
