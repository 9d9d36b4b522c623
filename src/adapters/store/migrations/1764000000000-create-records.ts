import type { MigrationInterface, QueryRunner } from 'typeorm';

import { belongsTo, idColumn, index, nullable, text, unique, whole } from './columns';
import { createTables, dropTables } from './create-tables';

/**
 * Tasks and logs name vehicles, customers and firings without a foreign key: they outlive them. Above all, a task
 * whose vehicle is gone must not become a task without a vehicle, which watches all of them.
 */
export class CreateRecords implements MigrationInterface {
	readonly name = 'CreateRecords1764000000000';

	async up(runner: QueryRunner): Promise<void> {
		await createTables(runner, [
			{
				name: 'customer',
				columns: [
					idColumn(runner),
					text('externalId', nullable),
					text('name'),
					text('email', nullable),
					text('phone', nullable),
					text('attributes'),
					whole('createdAt'),
					whole('updatedAt'),
				],
				uniques: [unique('externalId')],
			},
			{
				name: 'vehicle',
				columns: [
					idColumn(runner),
					text('vin', nullable),
					text('plate', nullable),
					text('externalId', nullable),
					text('name', nullable),
					text('make', nullable),
					text('model', nullable),
					whole('year', nullable),
					whole('customerId', nullable),
					text('attributes'),
					whole('createdAt'),
					whole('updatedAt'),
				],
				uniques: [unique('vin'), unique('plate'), unique('externalId')],
				indices: [index('vehicle_customer', 'customerId')],
				foreignKeys: [{ ...belongsTo('customer', 'customerId'), onDelete: 'SET NULL' }],
			},
			{
				name: 'vehicle_attachment',
				columns: [
					idColumn(runner),
					whole('vehicleId'),
					whole('customerId'),
					whole('attachedAt'),
					whole('detachedAt', nullable),
				],
				indices: [
					index('vehicle_attachment_vehicle', 'vehicleId'),
					index('vehicle_attachment_customer', 'customerId'),
				],
				// None on customer: the history of a vehicle outlives a customer who is removed.
				foreignKeys: [belongsTo('vehicle', 'vehicleId')],
			},
			{
				name: 'task',
				columns: [
					idColumn(runner),
					text('title'),
					text('description', nullable),
					text('state'),
					whole('vehicleId', nullable),
					whole('customerId', nullable),
					whole('dueAt', nullable),
					whole('firingId', nullable),
					whole('createdAt'),
					whole('updatedAt'),
					whole('closedAt', nullable),
				],
				indices: [index('task_state', 'state'), index('task_vehicle', 'vehicleId')],
			},
			{
				name: 'log',
				columns: [
					idColumn(runner),
					whole('at'),
					text('level'),
					text('message'),
					whole('vehicleId', nullable),
					whole('firingId', nullable),
				],
				indices: [index('log_vehicle', 'vehicleId')],
			},
		]);
	}

	async down(runner: QueryRunner): Promise<void> {
		await dropTables(runner, ['customer', 'vehicle', 'vehicle_attachment', 'task', 'log']);
	}
}
