import type { MigrationInterface, QueryRunner } from 'typeorm';

import { idColumn, real, text, unique, whole } from './columns';
import { createTables, dropTables } from './create-tables';

/** Places that rules refer to by their names. */
export class CreateGeofences implements MigrationInterface {
	readonly name = 'CreateGeofences1764000000006';

	async up(runner: QueryRunner): Promise<void> {
		await createTables(runner, [
			{
				name: 'geofence',
				columns: [
					idColumn(runner),
					text('name'),
					text('tags'),
					text('shape'),
					real('hysteresisMeters'),
					whole('createdAt'),
					whole('updatedAt'),
				],
				uniques: [unique('name')],
			},
		]);
	}

	async down(runner: QueryRunner): Promise<void> {
		await dropTables(runner, ['geofence']);
	}
}
