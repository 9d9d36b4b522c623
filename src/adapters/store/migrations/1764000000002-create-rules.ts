import type { MigrationInterface, QueryRunner } from 'typeorm';

import { belongsTo, flag, idColumn, index, key, nullable, text, unique, whole } from './columns';
import { createTables, dropTables } from './create-tables';

/** Firings name their rule and vehicle without a foreign key: what happened stays on record without them. */
export class CreateRules implements MigrationInterface {
	readonly name = 'CreateRules1764000000002';

	async up(runner: QueryRunner): Promise<void> {
		await createTables(runner, [
			{
				name: 'rule',
				columns: [
					idColumn(runner),
					text('name'),
					whole('version'),
					text('severity'),
					flag('enabled'),
					text('scope'),
					text('pattern'),
					text('fire'),
					text('actions'),
					whole('createdAt'),
					whole('updatedAt'),
				],
			},
			{
				name: 'task_rule',
				columns: [whole('taskId', key), whole('ruleId', key)],
				indices: [index('task_rule_rule', 'ruleId')],
				foreignKeys: [belongsTo('task', 'taskId'), belongsTo('rule', 'ruleId')],
			},
			{
				name: 'rule_state',
				columns: [
					whole('vehicleId', key),
					whole('ruleId', key),
					whole('firingId', nullable),
					whole('lastFiredAt', nullable),
					flag('isMet'),
				],
				indices: [index('rule_state_rule', 'ruleId')],
				foreignKeys: [belongsTo('vehicle', 'vehicleId'), belongsTo('rule', 'ruleId')],
			},
			{
				name: 'firing',
				columns: [
					idColumn(runner),
					whole('ruleId'),
					whole('ruleVersion'),
					text('ruleName'),
					text('severity'),
					whole('vehicleId'),
					whole('taskId', nullable),
					whole('openedAt'),
					whole('clearedAt', nullable),
					whole('acknowledgedAt', nullable),
					text('evidence'),
					text('messageId'),
				],
				indices: [index('firing_vehicle', 'vehicleId'), index('firing_rule', 'ruleId', 'clearedAt')],
			},
			{
				name: 'action',
				columns: [
					idColumn(runner),
					whole('firingId'),
					whole('position'),
					text('content'),
					text('state'),
					whole('attempts'),
					whole('dueAt'),
					text('lastError', nullable),
					whole('createdAt'),
					whole('doneAt', nullable),
					text('result', nullable),
					text('leaseToken', nullable),
					whole('leaseUntil', nullable),
				],
				uniques: [unique('firingId', 'position')],
				indices: [index('action_due', 'state', 'dueAt')],
				foreignKeys: [belongsTo('firing', 'firingId')],
			},
			{
				name: 'revision',
				columns: [text('name', key), whole('value')],
			},
		]);
		await runner.query(`INSERT INTO revision (name, value) VALUES ('rules', 1)`);
	}

	async down(runner: QueryRunner): Promise<void> {
		await dropTables(runner, ['rule', 'task_rule', 'rule_state', 'firing', 'action', 'revision']);
	}
}
