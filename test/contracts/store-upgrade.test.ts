import { MigrationExecutor } from 'typeorm';

import { MIGRATIONS } from '../../src/adapters/store/migrations';
import type { TypeOrmStore } from '../../src/adapters/store/open-store';
import { NEVER_MET } from '../../src/domain/rules/rule-state';
import { AT } from './store/samples';
import { describeStores } from './store/stores';

/** How many migrations the first release had. */
const FIRST_RELEASE = 5;

async function takeBackTo(store: TypeOrmStore, count: number): Promise<void> {
	await store.database.write(async (_query, orm) => {
		await orm(async ({ queryRunner, connection }) => {
			const executor = new MigrationExecutor(connection, queryRunner);
			executor.transaction = 'none';
			for (let left = MIGRATIONS.length; left > count; left--) await executor.undoLastMigration();
		});
	});
}

const NOW_STORED = [
	`INSERT INTO vehicle (id, vin, attributes, "createdAt", "updatedAt") VALUES (1, 'VIN1', '{}', ${AT}, ${AT})`,
	`INSERT INTO vehicle_status ("vehicleId", "messageId", "reportedAt", sequence, "receivedAt", attributes)
	VALUES (1, 'm', ${AT}, 0, ${AT}, '{"fuelLevel":12,"driver":"Ann"}')`,
	`INSERT INTO status_history ("vehicleId", feed, "messageId", "reportedAt", sequence, "receivedAt", attributes)
	VALUES (1, 'f', 'm', ${AT}, 0, ${AT}, '{"fuelLevel":12}')`,
	`INSERT INTO rule (id, name, version, severity, enabled, scope, pattern, fire, actions, "createdAt", "updatedAt")
	VALUES (4, 'Low fuel', 3, 'warning', true, '{"vehicles":"all"}',
	'{"attribute":"fuelLevel","operator":"lt","value":15}', '{"on":"edge","cooldownSeconds":0}', '[]', ${AT}, ${AT})`,
	`INSERT INTO rule_state ("vehicleId", "ruleId", "firingId", "lastFiredAt", "isMet") VALUES (1, 4, 7, ${AT}, true)`,
	`INSERT INTO firing (id, "ruleId", "ruleVersion", "ruleName", severity, "vehicleId", "openedAt", evidence, "messageId")
	VALUES (7, 4, 3, 'Low fuel', 'warning', 1, ${AT}, '{"fuelLevel":12}', 'm')`,
	`INSERT INTO action ("firingId", position, content, state, attempts, "dueAt", "createdAt")
	VALUES (7, 0, '{"type":"storeLog","message":"x"}', 'pending', 0, ${AT}, ${AT})`,
];

describeStores('upgrade', (use) => {
	it('takes over all that the first release stored', async () => {
		const { store, openAnother } = use();
		await takeBackTo(store, FIRST_RELEASE);
		await store.database.write(async (query) => {
			for (const sql of NOW_STORED) await query(sql);
		});
		const upgraded = await openAnother();
		await upgraded.write(async ({ rules, statuses, firings, actions }) => {
			const [rule] = await rules.find();
			expect(rule).toMatchObject({ id: 4, version: 3, shadowOf: null });
			const {
				id: _id,
				version: _version,
				shadowOf: _of,
				createdAt: _at,
				updatedAt: _to,
				...fields
			} = rule ?? {};
			expect(await rules.versions(4)).toEqual([{ ruleId: 4, version: 3, savedAt: AT, fields }]);
			const state = { ...NEVER_MET, isMet: true, lastFiredAt: AT };
			expect(await rules.states([1])).toEqual([{ ruleId: 4, vehicleId: 1, firingId: 7, state }]);
			expect(await statuses.knownAttributes()).toEqual([
				{ name: 'driver', lastValue: 'Ann', lastReportedAt: AT },
				{ name: 'fuelLevel', lastValue: 12, lastReportedAt: AT },
			]);
			expect(await statuses.history(1, {})).toMatchObject([{ messageId: 'm', isLate: false }]);
			expect(await firings.get(7)).toMatchObject({ isShadow: false, clearedAt: null });
			const [action] = await actions.find();
			expect(action).toMatchObject({ firingId: 7, position: 0, occurredAt: 0, state: 'pending' });
			const again = { firingId: 7, position: 0, content: { type: 'storeLog', message: 'y' } } as const;
			await actions.add([{ ...again, occurredAt: AT, state: 'pending', result: null }], AT);
			expect(await actions.count()).toBe(2);
			expect((await rules.changesSince(0)).gone).toEqual([]);
		});
	});
});
