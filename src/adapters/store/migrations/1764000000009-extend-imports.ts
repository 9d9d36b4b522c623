import type { MigrationInterface, QueryRunner } from 'typeorm';

import { belongsTo, idColumn, index, key, text, whole } from './columns';
import { createTables, dropTables } from './create-tables';

/** What imports gained: how they are to be read, how far they are, what they changed, what is known of their like. */
export class ExtendImports implements MigrationInterface {
	readonly name = 'ExtendImports1764000000009';

	async up(runner: QueryRunner): Promise<void> {
		for (const [table, column, type] of ADDED) {
			await runner.query(`ALTER TABLE ${table} ADD COLUMN "${column}" ${type}`);
		}
		for (const [name, on] of INDICES) await runner.query(`CREATE ${name} ON ${on}`);
		await createTables(runner, [
			{
				name: 'import_change',
				columns: [whole('importId', key), whole('rowsBefore', key), text('content')],
				foreignKeys: [belongsTo('import', 'importId')],
			},
			{
				name: 'import_kept',
				columns: [
					idColumn(runner),
					whole('importId'),
					text('record'),
					whole('recordId'),
					text('label'),
					text('reason'),
				],
				indices: [index('import_kept_import', 'importId')],
				foreignKeys: [belongsTo('import', 'importId')],
			},
			{ name: 'import_mapping', columns: [text('shape', key), text('mapping'), whole('savedAt')] },
		]);
	}

	async down(runner: QueryRunner): Promise<void> {
		await dropTables(runner, ['import_change', 'import_kept', 'import_mapping']);
		for (const [name] of INDICES) await runner.query(`DROP INDEX ${name.split(' ').at(-1)}`);
		for (const [table, column] of ADDED) {
			await runner.query(`ALTER TABLE ${table} DROP COLUMN "${column}"`);
		}
	}
}

/** As imports were before: created or updated, read by what is recognised, never stopped for bad rows. */
const OLD_OPTIONS = `{"mode":"createOrUpdate","dialect":{},"mapping":null,"format":null,"maxBadShare":1}`;

const ADDED: readonly (readonly [table: string, column: string, type: string])[] = [
	['import', 'origin', 'TEXT'],
	['import', 'etag', 'TEXT'],
	['import', 'idempotencyKey', 'TEXT'],
	['import', 'options', `TEXT NOT NULL DEFAULT '${OLD_OPTIONS}'`],
	['import', 'plan', 'TEXT'],
	['import', 'rowsTotal', 'BIGINT'],
	['import', 'rowsTotalIsExact', 'BOOLEAN NOT NULL DEFAULT FALSE'],
	['import', 'rowsUnchanged', 'BIGINT NOT NULL DEFAULT 0'],
	['import', 'rowsPerSecond', 'DOUBLE PRECISION'],
	['import', 'cancelRequested', 'BOOLEAN NOT NULL DEFAULT FALSE'],
	['import', 'undoLeft', 'BIGINT NOT NULL DEFAULT 0'],
	['vehicle', 'importId', 'BIGINT'],
	['vehicle', 'importRow', 'BIGINT'],
	['customer', 'importId', 'BIGINT'],
	['customer', 'importRow', 'BIGINT'],
	['task', 'importId', 'BIGINT'],
	['task', 'importRow', 'BIGINT'],
];

const INDICES: readonly (readonly [name: string, on: string])[] = [
	['UNIQUE INDEX import_idempotency_key', 'import ("idempotencyKey")'],
	['INDEX import_sha256', 'import (sha256)'],
	['INDEX import_origin', 'import (origin)'],
	// Imports know customers by these where they have no external id.
	['INDEX customer_email', 'customer (email)'],
	['INDEX customer_name', 'customer (name)'],
];
