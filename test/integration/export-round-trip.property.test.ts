import fc from 'fast-check';
import type { StoreSession } from '../../src/app/ports/store';
import type { TableFormat } from '../../src/app/ports/table-writer';
import type { Attributes } from '../../src/domain/attributes';
import { parseCustomerFields } from '../../src/domain/customer';
import { parseTaskFields } from '../../src/domain/task';
import { parseVehicleFields } from '../../src/domain/vehicle';
import { type Scenario, scenario } from './arbitrary-fleet';
import { type ExportBench, NOW, openExportBench } from './export-lib';

/** A sheet's cell has no text of blanks alone, and one character for a line break. */
function asInSheets(given: Scenario): Scenario {
	const adapt = <T extends { readonly attributes: Attributes }>(record: T): T => {
		const entries = Object.entries(record.attributes).map(([name, value]) => {
			return [name, typeof value === 'string' ? value.replaceAll('\r\n', '\n').replace(/^\s*$/, '-') : value];
		});
		return { ...record, attributes: Object.fromEntries(entries) as Attributes };
	};
	const { customers, vehicles, reports } = given;
	return {
		...given,
		...{ customers: customers.map(adapt), vehicles: vehicles.map(adapt), reports: reports.map(adapt) },
	};
}

const pick = (ids: readonly number[], at: number | undefined) =>
	at === undefined ? null : (ids[at % ids.length] ?? null);

async function fill(session: StoreSession, { customers, vehicles, tasks, reports }: Scenario): Promise<void> {
	const customerIds: number[] = [];
	for (const [at, { hasEmail, ...fields }] of customers.entries()) {
		const none = { externalId: null, name: '', email: null, phone: null, attributes: {} };
		const externalId = `${fields.externalId ?? '0'} ${at}`;
		const email = hasEmail ? `a.b+c@depot-${at}.example` : null;
		const parsed = parseCustomerFields({ ...fields, externalId, email });
		customerIds.push((await session.customers.create({ ...none, ...parsed }, NOW)).id);
	}
	const vehicleIds: number[] = [];
	for (const [at, { customer: owner, hasVin, hasPlate, ...fields }] of vehicles.entries()) {
		const none = {
			vin: null,
			plate: null,
			externalId: null,
			name: null,
			make: null,
			model: null,
			year: null,
		};
		const keys = { vin: hasVin ? `WVWZZZ1JZXW00000${at}` : null, plate: hasPlate ? `M-AB ${at}` : null };
		const parsed = parseVehicleFields({ ...fields, ...keys });
		const { id } = await session.vehicles.create({ ...none, attributes: {}, ...parsed }, NOW);
		if (owner !== undefined) await session.vehicles.attach(id, pick(customerIds, owner), NOW);
		vehicleIds.push(id);
	}
	for (const { vehicle: ofVehicle, customer: ofCustomer, state, ...fields } of tasks) {
		const none = { title: '', description: null, dueAt: null };
		const links = { vehicleId: pick(vehicleIds, ofVehicle), customerId: pick(customerIds, ofCustomer) };
		const { id } = await session.tasks.create({ ...none, ...parseTaskFields(fields), ...links }, NOW);
		if (state !== 'created') await session.tasks.moveState(id, 'created', state, NOW);
	}
	for (const { vehicle: ofVehicle, ...status } of reports) {
		const vehicleId = pick(vehicleIds, ofVehicle) ?? 0;
		await session.statuses.append([{ ...status, vehicleId, receivedAt: NOW, feed: 'test', isLate: false }]);
	}
}

/** All that the fleet holds, but for ids and stamps. */
async function contents(session: StoreSession) {
	const customers = await session.customers.find();
	const vehicles = await session.vehicles.find();
	const owner = (id: number | null) => customers.find((one) => one.id === id)?.externalId ?? null;
	const car = (id: number | null) => vehicles.find((one) => one.id === id)?.externalId ?? null;
	const reports = await session.statuses.scan({ from: 0, to: NOW, after: null, limit: 1_000 });
	const byText = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
	return {
		customers: byText(
			customers.map(({ externalId, name, email, phone, attributes: of }) => [
				externalId,
				name,
				email,
				phone,
				sorted(of),
			]),
		),
		vehicles: byText(
			vehicles.map(({ id: _, createdAt: __, updatedAt: ___, customerId, attributes: of, ...fields }) => [
				sorted(fields),
				owner(customerId),
				sorted(of),
			]),
		),
		tasks: byText(
			(await session.tasks.find()).map(
				({ title, description, state, dueAt, closedAt, vehicleId, customerId }) => [
					...[title, description, state, dueAt, closedAt],
					...[car(vehicleId), owner(customerId)],
				],
			),
		),
		reports: byText(
			reports.map(({ vehicleId, messageId, reportedAt, sequence, position, attributes: of }) => [
				...[car(vehicleId), messageId, reportedAt, sequence, position && sorted(position), sorted(of)],
			]),
		),
	};
}

const sorted = (object: object) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));

const LISTS = [
	['customers', 'customers'],
	['vehicles', 'vehicles'],
	['tasks', 'tasks'],
	['statusHistory', 'statuses'],
] as const;

async function roundTrip(from: ExportBench, to: ExportBench, format: TableFormat): Promise<string[]> {
	const troubles: string[] = [];
	for (const [list, recordType] of LISTS) {
		const { fileName, bytes } = await from.export({ list }, { format });
		// A list without records is a file without rows: there is nothing to import.
		const count = await from.read(async (session) => await countOf(session, list));
		if (count === 0) continue;
		const { ended, errors } = await to.import(fileName, bytes, recordType);
		if (ended.state !== 'done') troubles.push(`${fileName}: ${ended.error}`);
		troubles.push(...errors.map((error) => `${fileName}: ${JSON.stringify(error)}`));
	}
	return troubles;
}

async function countOf(session: StoreSession, list: (typeof LISTS)[number][0]): Promise<number> {
	if (list !== 'statusHistory') return await session[list].count();
	return (await session.statuses.scan({ from: 0, to: NOW, after: null, limit: 1 })).length;
}

const NUM_RUNS = Number(process.env.FLEET_PROPERTY_RUNS ?? 40);

test.each(['csv', 'xlsx', 'json', 'ndjson'] as const)(
	'what is exported as %s and imported into an empty fleet is the same',
	async (format) => {
		await fc.assert(
			fc.asyncProperty(format === 'xlsx' ? scenario.map(asInSheets) : scenario, async (given) => {
				const from = await openExportBench();
				const to = await openExportBench();
				try {
					await from.write(async (session) => await fill(session, given));
					expect(await roundTrip(from, to, format)).toEqual([]);
					const before = await from.read(contents);
					expect(await to.read(contents)).toEqual(before);
				} finally {
					await from.close();
					await to.close();
				}
			}),
			{ numRuns: NUM_RUNS, interruptAfterTimeLimit: 240_000 },
		);
	},
	300_000,
);
