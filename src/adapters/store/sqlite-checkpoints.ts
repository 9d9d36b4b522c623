import { NodeSqliteDatabase } from './node-sqlite-database';

/** Of SQLite's own pages in the journal: fewer are not worth two writes through to the disk. */
const WORTH_CARRYING = 2000;

export interface SqliteCheckpoints {
	/** Carries over what waits in the journal when it is worth it; never waits for anybody, nor anybody for it. */
	carryOver(): void;
	close(): void;
}

/**
 * Carries what is committed from a SQLite database's journal into the database. A writer does that itself at its next
 * commit when enough has gathered, and stands still meanwhile; done by another thread, the writer has but the rest to
 * do. Throws when the database cannot be opened.
 */
export function sqliteCheckpoints(path: string): SqliteCheckpoints {
	const database = new NodeSqliteDatabase(path);
	database.pragma('busy_timeout = 0');
	return {
		carryOver() {
			// A SQLite that does not know NOOP yet does the work at once.
			const [state] = database.pragma('wal_checkpoint(NOOP)');
			const waiting = Number(state?.log) - Number(state?.checkpointed);
			if (waiting >= WORTH_CARRYING) database.pragma('wal_checkpoint(PASSIVE)');
		},
		close: () => database.close(),
	};
}
