import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tables that feeds write to at every batch get keys under which SQLite finds a row in one step: BIGINT, unlike
 * INTEGER, gives a table a second tree beside its rows. The history's index goes through 65,536 reports at a time: one
 * through all of them has a page of its own for each vehicle, and every report would write a page. `history_chunk` says
 * which times they are of. Without an index that begins with the vehicle, the history's rows are not removed by a
 * foreign key.
 */
export class SpeedUpFeeds implements MigrationInterface {
	readonly name = 'SpeedUpFeeds1764000000007';

	async up(runner: QueryRunner): Promise<void> {
		await runner.query(`INSERT INTO revision (name, value) VALUES ('vehicles', 0)`);
		if (runner.dataSource.options.type === 'postgres') return;
		await runner.query('DROP INDEX status_history_vehicle');
		await rebuildHistory(runner, '');
		await runner.query(
			'ALTER TABLE status_history ADD COLUMN chunk INTEGER GENERATED ALWAYS AS (id / 65536) VIRTUAL',
		);
		await runner.query(
			'CREATE INDEX status_history_chunk ON status_history (chunk, "vehicleId", "reportedAt")',
		);
		await runner.query(`CREATE TABLE history_chunk (
			chunk INTEGER PRIMARY KEY NOT NULL, "firstReportedAt" BIGINT NOT NULL, "lastReportedAt" BIGINT NOT NULL)`);
		await runner.query(
			`INSERT INTO history_chunk
			SELECT chunk, MIN("reportedAt"), MAX("reportedAt") FROM status_history GROUP BY chunk`,
		);
		await rebuild(runner, 'vehicle_status', statusTable('INTEGER'));
		await rebuild(runner, 'backlog', backlogTable('INTEGER'));
		await rebuild(runner, 'rule_state', stateTable('WITHOUT ROWID'));
	}

	async down(runner: QueryRunner): Promise<void> {
		await runner.query(`DELETE FROM revision WHERE name = 'vehicles'`);
		if (runner.dataSource.options.type === 'postgres') return;
		await runner.query('DROP TABLE history_chunk');
		await runner.query('DROP INDEX status_history_chunk');
		await runner.query('ALTER TABLE status_history DROP COLUMN chunk');
		await rebuildHistory(runner, `, ${VEHICLE}`);
		await runner.query('CREATE INDEX status_history_vehicle ON status_history ("vehicleId", "reportedAt")');
		await rebuild(runner, 'vehicle_status', statusTable('BIGINT'));
		await rebuild(runner, 'backlog', backlogTable('BIGINT'));
		await rebuild(runner, 'rule_state', stateTable(''));
	}
}

/** Looked at when the transaction ends: at once, SQLite would have to be ready to undo a part of each statement. */
const DEFERRED = 'ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED';
const VEHICLE = `FOREIGN KEY ("vehicleId") REFERENCES vehicle (id) ${DEFERRED}`;

/** The columns' order is that of the tables before: rows are copied as they are. */
const statusTable = (keyType: string) => `(
	"vehicleId" ${keyType} PRIMARY KEY NOT NULL, "messageId" TEXT NOT NULL, "reportedAt" BIGINT NOT NULL,
	sequence BIGINT NOT NULL, "receivedAt" BIGINT NOT NULL, latitude DOUBLE PRECISION, longitude DOUBLE PRECISION,
	heading DOUBLE PRECISION, attributes TEXT NOT NULL, "valueTimes" TEXT, ${VEHICLE})`;

const backlogTable = (keyType: string) => `(
	"vehicleId" ${keyType} PRIMARY KEY NOT NULL, "dueAt" BIGINT NOT NULL, evaluated TEXT, waiting TEXT NOT NULL,
	${VEHICLE})`;

const stateTable = (tail: string) => `(
	"vehicleId" BIGINT NOT NULL, "ruleId" BIGINT NOT NULL, "firingId" BIGINT, "lastFiredAt" BIGINT,
	"isMet" BOOLEAN NOT NULL, "dueAt" BIGINT, memory TEXT, PRIMARY KEY ("vehicleId", "ruleId"), ${VEHICLE},
	FOREIGN KEY ("ruleId") REFERENCES rule (id) ${DEFERRED}) ${tail}`;

const historyTable = (tail: string) => `(
	id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "vehicleId" BIGINT NOT NULL, feed TEXT NOT NULL,
	"messageId" TEXT NOT NULL, "reportedAt" BIGINT NOT NULL, sequence BIGINT NOT NULL, "receivedAt" BIGINT NOT NULL,
	latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, heading DOUBLE PRECISION, attributes TEXT NOT NULL,
	"isLate" BOOLEAN NOT NULL DEFAULT FALSE${tail})`;

/** Ids go on where they were: none is given twice. */
async function rebuildHistory(runner: QueryRunner, tail: string): Promise<void> {
	const [before] = (await runner.query(`SELECT seq FROM sqlite_sequence WHERE name = 'status_history'`)) as {
		seq: number;
	}[];
	await rebuild(runner, 'status_history', historyTable(tail));
	if (before === undefined) return;
	await runner.query(`DELETE FROM sqlite_sequence WHERE name = 'status_history'`);
	await runner.query(`INSERT INTO sqlite_sequence (name, seq) VALUES ('status_history', ?)`, [before.seq]);
}

async function rebuild(runner: QueryRunner, table: string, definition: string): Promise<void> {
	const indices = (await runner.query(
		`SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '${table}' AND sql IS NOT NULL`,
	)) as { sql: string }[];
	await runner.query(`CREATE TABLE ${table}_new ${definition}`);
	await runner.query(`INSERT INTO ${table}_new SELECT * FROM ${table}`);
	await runner.query(`DROP TABLE ${table}`);
	await runner.query(`ALTER TABLE ${table}_new RENAME TO ${table}`);
	for (const { sql } of indices) await runner.query(sql);
}
