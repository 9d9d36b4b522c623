import type { MigrationInterface, QueryRunner } from 'typeorm';

import { belongsTo, idColumn, index, nullable, text, whole } from './columns';
import { createTables, dropTables } from './create-tables';

export class CreateImports implements MigrationInterface {
	readonly name = 'CreateImports1764000000003';

	async up(runner: QueryRunner): Promise<void> {
		await createTables(runner, [
			{
				name: 'import',
				columns: [
					idColumn(runner),
					text('fileName'),
					text('blobKey'),
					text('sha256'),
					whole('sizeBytes'),
					text('recordType'),
					text('uploadedBy', nullable),
					text('state'),
					whole('rowsDone'),
					whole('rowsCreated'),
					whole('rowsUpdated'),
					whole('rowsFailed'),
					text('error', nullable),
					whole('createdAt'),
					whole('startedAt', nullable),
					whole('endedAt', nullable),
					text('leaseToken', nullable),
					whole('leaseUntil', nullable),
				],
				indices: [index('import_state', 'state')],
			},
			{
				name: 'import_row_error',
				columns: [
					idColumn(runner),
					whole('importId'),
					whole('row'),
					text('list', nullable),
					text('column', nullable),
					text('value', nullable),
					text('message'),
				],
				indices: [index('import_row_error_import', 'importId', 'row')],
				foreignKeys: [belongsTo('import', 'importId')],
			},
		]);
	}

	async down(runner: QueryRunner): Promise<void> {
		await dropTables(runner, ['import', 'import_row_error']);
	}
}
