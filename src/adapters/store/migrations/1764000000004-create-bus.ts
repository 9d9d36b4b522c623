import type { MigrationInterface, QueryRunner } from 'typeorm';

import { idColumn, index, key, nullable, text, whole } from './columns';
import { createTables, dropTables } from './create-tables';

/** The embedded bus: a log, and how far each group of subscribers has read each feed. */
export class CreateBus implements MigrationInterface {
	readonly name = 'CreateBus1764000000004';

	async up(runner: QueryRunner): Promise<void> {
		await createTables(runner, [
			{
				name: 'bus_message',
				columns: [idColumn(runner), text('feed'), text('messageKey'), text('payload'), whole('publishedAt')],
				indices: [index('bus_message_feed', 'feed', 'id')],
			},
			{
				name: 'bus_group',
				columns: [
					text('feed', key),
					text('groupName', key),
					whole('cursor'),
					text('leaseOwner', nullable),
					whole('leaseUntil', nullable),
				],
			},
		]);
	}

	async down(runner: QueryRunner): Promise<void> {
		await dropTables(runner, ['bus_message', 'bus_group']);
	}
}
