import type { MigrationInterface, QueryRunner } from 'typeorm';

import { key, nullable, text, whole } from './columns';
import { createTables, dropTables } from './create-tables';

/** What running a fleet needs: how its feeds do, messages that are tried again, how far old rows are cleaned up. */
export class CreateOperations implements MigrationInterface {
	readonly name = 'CreateOperations1764000000008';

	async up(runner: QueryRunner): Promise<void> {
		await createTables(runner, [
			{
				name: 'feed_run',
				columns: [
					text('process', key),
					text('feed', key),
					text('groupName', key),
					text('metrics'),
					text('earlier', nullable),
					whole('savedAt'),
				],
			},
			{ name: 'retention', columns: [text('name', key), text('progress', nullable), whole('removedRows')] },
		]);
		// SQLite finds the oldest by its row ids, which rise in the order of arrival.
		if (runner.dataSource.options.type === 'postgres') {
			await runner.query('CREATE INDEX inbox_received ON inbox ("receivedAt")');
		}
		for (const [column, type] of QUARANTINE_COLUMNS) {
			await runner.query(`ALTER TABLE quarantine ADD COLUMN "${column}" ${type}`);
		}
	}

	async down(runner: QueryRunner): Promise<void> {
		for (const [column] of QUARANTINE_COLUMNS) {
			await runner.query(`ALTER TABLE quarantine DROP COLUMN "${column}"`);
		}
		if (runner.dataSource.options.type === 'postgres') await runner.query('DROP INDEX inbox_received');
		await dropTables(runner, ['feed_run', 'retention']);
	}
}

/** `tries`: how often it was refused. the others: what it takes to read the payload once more. */
const QUARANTINE_COLUMNS = [
	['tries', 'BIGINT NOT NULL DEFAULT 1'],
	['lastTriedAt', 'BIGINT'],
	['format', 'TEXT'],
	['transportId', 'TEXT'],
	['topic', 'TEXT'],
] as const;
