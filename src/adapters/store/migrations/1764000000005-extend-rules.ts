import { type MigrationInterface, type QueryRunner, TableUnique } from 'typeorm';

import { belongsTo, index, key, nullable, text, whole } from './columns';
import { createTables, dropTables } from './create-tables';
import { fillKnownAttributes } from './fill-known-attributes';
import { fillRuleVersions } from './fill-rule-versions';

/** What the rules gained: versions, trials, timers and memories; reports that wait; actions that happen again. */
export class ExtendRules implements MigrationInterface {
	readonly name = 'ExtendRules1764000000005';

	async up(runner: QueryRunner): Promise<void> {
		// TypeORM's addColumn makes a SQLite table anew, which would take the rows that refer to it along.
		for (const [table, column, type] of ADDED) {
			await runner.query(`ALTER TABLE ${table} ADD COLUMN "${column}" ${type}`);
		}
		await runner.query('CREATE INDEX rule_state_due ON rule_state ("dueAt") WHERE "dueAt" IS NOT NULL');
		await replaceActionKey(runner, ['firingId', 'position'], ['firingId', 'position', 'occurredAt']);
		await createTables(runner, [
			{
				name: 'rule_version',
				columns: [whole('ruleId', key), whole('version', key), whole('savedAt'), text('fields')],
				foreignKeys: [belongsTo('rule', 'ruleId')],
			},
			{ name: 'rule_gone', columns: [whole('ruleId', key), whole('revision')] },
			{
				name: 'backlog',
				columns: [whole('vehicleId', key), whole('dueAt'), text('evaluated', nullable), text('waiting')],
				indices: [index('backlog_due', 'dueAt')],
				foreignKeys: [belongsTo('vehicle', 'vehicleId')],
			},
			{
				name: 'known_attribute',
				columns: [text('name', key), text('lastValue'), whole('lastReportedAt')],
			},
		]);
		await runner.query(`INSERT INTO revision (name, value) VALUES ('taskWatches', 1), ('geofences', 1)`);
		await fillRuleVersions(runner);
		await fillKnownAttributes(runner);
	}

	async down(runner: QueryRunner): Promise<void> {
		await dropTables(runner, ['rule_version', 'rule_gone', 'backlog', 'known_attribute']);
		await runner.query(`DELETE FROM revision WHERE name <> 'rules'`);
		await replaceActionKey(runner, ['firingId', 'position', 'occurredAt'], ['firingId', 'position']);
		await runner.query('DROP INDEX rule_state_due');
		for (const [table, column] of ADDED) {
			await runner.query(`ALTER TABLE ${table} DROP COLUMN "${column}"`);
		}
	}
}

const ADDED: readonly (readonly [table: string, column: string, type: string])[] = [
	['rule', 'shadowOf', 'BIGINT'],
	['rule', 'maxGapSeconds', 'DOUBLE PRECISION'],
	['rule', 'clear', 'TEXT'],
	['rule', 'escalations', 'TEXT'],
	['rule', 'revision', 'BIGINT NOT NULL DEFAULT 0'],
	['rule_state', 'dueAt', 'BIGINT'],
	['rule_state', 'memory', 'TEXT'],
	['firing', 'isShadow', 'BOOLEAN NOT NULL DEFAULT FALSE'],
	['action', 'occurredAt', 'BIGINT NOT NULL DEFAULT 0'],
	['vehicle_status', 'valueTimes', 'TEXT'],
	['status_history', 'isLate', 'BOOLEAN NOT NULL DEFAULT FALSE'],
];

async function replaceActionKey(
	runner: QueryRunner,
	before: readonly string[],
	after: string[],
): Promise<void> {
	const table = await runner.getTable('action');
	const unique = table?.uniques.find(
		({ columnNames }) => columnNames.toSorted().join() === before.toSorted().join(),
	);
	if (!table || !unique) throw new Error(`The table "action" has no key (${before.join(', ')})`);
	await runner.dropUniqueConstraint(table, unique);
	await runner.createUniqueConstraint(table, new TableUnique({ columnNames: after }));
}
