import type { BulkRepositories } from '../../../app/ports/store-imports';
import type { Customer } from '../../../domain/customer';
import type { Task, TaskState } from '../../../domain/task';
import type { Vehicle } from '../../../domain/vehicle';
import { attributesOf, numberOf, numberOrNull, textOf, textOrNull } from '../read-row';
import { InsertStatement, queryLists } from '../rows';
import type { StoreContext } from '../store-context';
import { CUSTOMER_KEYS, VEHICLE_KEYS } from '../unique-keys';
import { type BulkTable, bulkStatements, StoredBulk } from './bulk-records';
import { removeHistory, removeReports } from './chunked-history';
import { bumpRulesRevision } from './rules-revision';
import { vehicleFrom } from './vehicle-repository';

const VEHICLES: BulkTable<Vehicle> = {
	name: 'vehicle',
	keys: VEHICLE_KEYS.columns,
	columns: [
		...['vin', 'plate', 'externalId', 'name', 'make', 'model', 'year', 'customerId', 'attributes'],
		...['createdAt', 'updatedAt'],
	],
	values: (one) => [
		...[one.vin, one.plate, one.externalId, one.name, one.make, one.model, one.year, one.customerId],
		...[JSON.stringify(one.attributes), one.createdAt, one.updatedAt],
	],
	fromRow: vehicleFrom,
	async beforeRemoval({ kind, query }, ids) {
		if (kind === 'sqlite') for (const id of ids) await removeHistory(query, id);
	},
};

const CUSTOMERS: BulkTable<Customer> = {
	name: 'customer',
	keys: CUSTOMER_KEYS.columns,
	columns: ['externalId', 'name', 'email', 'phone', 'attributes', 'createdAt', 'updatedAt'],
	values: ({ externalId, name, email, phone, attributes, createdAt, updatedAt }) => [
		...[externalId, name, email, phone, JSON.stringify(attributes), createdAt, updatedAt],
	],
	fromRow: (row) => ({
		id: numberOf(row, 'id'),
		externalId: textOrNull(row, 'externalId'),
		name: textOf(row, 'name'),
		email: textOrNull(row, 'email'),
		phone: textOrNull(row, 'phone'),
		attributes: attributesOf(row),
		createdAt: numberOf(row, 'createdAt'),
		updatedAt: numberOf(row, 'updatedAt'),
	}),
};

const TASKS: BulkTable<Task> = {
	name: 'task',
	keys: [],
	columns: [
		...['title', 'description', 'state', 'vehicleId', 'customerId', 'dueAt', 'firingId', 'createdAt'],
		...['updatedAt', 'closedAt'],
	],
	values: (one) => [
		...[one.title, one.description, one.state, one.vehicleId, one.customerId, one.dueAt, one.firingId],
		...[one.createdAt, one.updatedAt, one.closedAt],
	],
	fromRow: (row) => ({
		id: numberOf(row, 'id'),
		title: textOf(row, 'title'),
		description: textOrNull(row, 'description'),
		state: textOf(row, 'state') as TaskState,
		vehicleId: numberOrNull(row, 'vehicleId'),
		customerId: numberOrNull(row, 'customerId'),
		dueAt: numberOrNull(row, 'dueAt'),
		firingId: numberOrNull(row, 'firingId'),
		ruleIds: [],
		createdAt: numberOf(row, 'createdAt'),
		updatedAt: numberOf(row, 'updatedAt'),
		closedAt: numberOrNull(row, 'closedAt'),
	}),
	async beforeRemoval({ query }) {
		await bumpRulesRevision(query, 'taskWatches');
	},
};

const VEHICLE_STATEMENTS = bulkStatements(VEHICLES);
const CUSTOMER_STATEMENTS = bulkStatements(CUSTOMERS);
const TASK_STATEMENTS = bulkStatements(TASKS);
const ATTACH = new InsertStatement('vehicle_attachment', ['vehicleId', 'customerId', 'attachedAt']);

export function bulkRepositories(context: StoreContext): BulkRepositories {
	const { kind, query, execute } = context;

	/** Ids that stand in the column of the table, of those given. */
	async function mentioned(table: string, column: string, ids: readonly number[], where = '') {
		const rows = await queryLists(
			query,
			ids,
			(list) => `SELECT DISTINCT "${column}" AS id FROM ${table} WHERE "${column}" IN (${list}) ${where}`,
		);
		return rows.map((row) => numberOf(row, 'id'));
	}

	async function withVehicles(statement: string, vehicleIds: readonly number[], at: number): Promise<void> {
		const sqlFor = (list: string) => `${statement} AND "vehicleId" IN (${list})`;
		await queryLists(query, vehicleIds, sqlFor, 1, [at]);
	}

	return {
		customers: new StoredBulk(context, CUSTOMERS, CUSTOMER_STATEMENTS[kind]),
		vehicles: new StoredBulk(context, VEHICLES, VEHICLE_STATEMENTS[kind]),
		tasks: new StoredBulk(context, TASKS, TASK_STATEMENTS[kind]),

		async attach(vehicles, at) {
			await withVehicles(
				'UPDATE vehicle_attachment SET "detachedAt" = ? WHERE "detachedAt" IS NULL',
				vehicles.map(({ vehicleId }) => vehicleId),
				at,
			);
			const begun = vehicles.flatMap(({ vehicleId, customerId }) =>
				customerId === null ? [] : [[vehicleId, customerId, at]],
			);
			await ATTACH.execute(execute, begun);
		},

		async detach(vehicleIds, at) {
			await withVehicles('DELETE FROM vehicle_attachment WHERE "attachedAt" = ?', vehicleIds, at);
			const reopen = 'UPDATE vehicle_attachment SET "detachedAt" = NULL WHERE "detachedAt" = ?';
			await withVehicles(reopen, vehicleIds, at);
		},

		async forgetStatuses(vehicleIds) {
			const sqlFor = (list: string) => `DELETE FROM vehicle_status WHERE "vehicleId" IN (${list})`;
			await queryLists(query, vehicleIds, sqlFor);
		},

		async forgetReports(feed, reports) {
			await removeReports(context, reports);
			await queryLists(
				query,
				reports.map(([, messageId]) => messageId),
				(list) => `DELETE FROM inbox WHERE feed = ? AND "messageId" IN (${list})`,
				1,
				[feed],
			);
		},

		async vehiclesInUse(ids) {
			return new Set([
				...(await mentioned('vehicle_status', 'vehicleId', ids)),
				...(await mentioned('task', 'vehicleId', ids)),
				...(await mentioned('firing', 'vehicleId', ids)),
			]);
		},

		async customersInUse(ids) {
			return new Set([
				...(await mentioned('vehicle', 'customerId', ids)),
				...(await mentioned('task', 'customerId', ids)),
			]);
		},
	};
}
