import type { MigrationInterface, QueryRunner } from 'typeorm';

import { belongsTo, idColumn, index, key, nullable, real, text, whole } from './columns';
import { createTables, dropTables } from './create-tables';

const reportColumns = () => [
	text('messageId'),
	whole('reportedAt'),
	whole('sequence'),
	whole('receivedAt'),
	real('latitude', nullable),
	real('longitude', nullable),
	real('heading', nullable),
	text('attributes'),
];

/** What vehicles reported, and which messages were taken or refused. */
export class CreateStatuses implements MigrationInterface {
	readonly name = 'CreateStatuses1764000000001';

	async up(runner: QueryRunner): Promise<void> {
		await createTables(runner, [
			{
				name: 'vehicle_status',
				columns: [whole('vehicleId', key), ...reportColumns()],
				foreignKeys: [belongsTo('vehicle', 'vehicleId')],
			},
			{
				name: 'status_history',
				columns: [idColumn(runner), whole('vehicleId'), text('feed'), ...reportColumns()],
				indices: [index('status_history_vehicle', 'vehicleId', 'reportedAt')],
				foreignKeys: [belongsTo('vehicle', 'vehicleId')],
			},
			{
				name: 'inbox',
				columns: [text('feed', key), text('messageId', key), whole('receivedAt')],
			},
			{
				name: 'quarantine',
				columns: [
					idColumn(runner),
					text('feed'),
					text('messageId'),
					text('payload'),
					text('reason'),
					text('field', nullable),
					whole('receivedAt'),
				],
				uniques: [{ columnNames: ['feed', 'messageId'] }],
			},
		]);
	}

	async down(runner: QueryRunner): Promise<void> {
		await dropTables(runner, ['vehicle_status', 'status_history', 'inbox', 'quarantine']);
	}
}
