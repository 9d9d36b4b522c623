import fc from 'fast-check';
import type { StoreSession } from '../../src/app/ports/store';
import type { TableFormat } from '../../src/app/ports/table-writer';
import { type Attributes, parseAttributes } from '../../src/domain/attributes';
import { parseCustomerFields } from '../../src/domain/customer';
import { parseTaskFields, type TaskState } from '../../src/domain/task';
import { parseVehicleFields } from '../../src/domain/vehicle';
import { type ExportBench, NOW, openExportBench } from './export-lib';

const HOSTILE = [
	...[
		'007',
		'=1+1',
		'+49 30 1',
		'-5',
		'@x',
		"'",
		"'quoted",
		"'=1",
		'true',
		'FALSE',
		'ja',
		'null',
		'1e5',
		'1,5',
		'1.234',
	],
	...[
		'31.12.2025',
		'2026-03-01',
		'10:30',
		'12 %',
		'€ 5',
		'0x10',
		'a,b;c|d\te',
		'say "hi"',
		'"',
		' blank ',
		'😀',
		'ünï',
	],
	...[
		'two\nlines',
		'_x0041_',
		'<b>&amp;</b>',
		'12345678901234567890',
		'-',
		'=',
		'#N/A',
		'x'.repeat(10_000),
		'０１',
	],
];

const text = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
	fc.string({ unit: fc.constantFrom(...'=+-@\'"0123456789.,eE:/ \nJan%'), minLength: 1, maxLength: 8 }),
);
const number = fc.oneof(
	fc.constantFrom(0, -1, 0.1, 1.5e-300, 1.7e308, 5e-324, 1e21, 123456.789, -0.000001, 2 ** 53, 1.234, 12345),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
	fc.integer(),
);
const attributeName = fc.oneof(
	fc.constantFrom(
		'a',
		'a.b',
		'a b',
		'ü',
		'Ölstand (l)',
		'日本',
		'attributes.x',
		'x[0]',
		'=1',
		'name',
		"'q",
		'fuel,level',
	),
	fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,10}$/),
);
const attributes = fc
	.dictionary(attributeName, fc.oneof(text, number, fc.boolean()), { maxKeys: 6 })
	.map((given) => withoutTwins(parseAttributes(Object.entries(given))));

/** A table's columns are told apart without regard to case. */
function withoutTwins(given: Attributes): Attributes {
	const seen = new Set<string>();
	const entries = Object.entries(given).filter(([name]) => {
		const isNew = !seen.has(name.toLowerCase());
		seen.add(name.toLowerCase());
		return isNew;
	});
	return Object.fromEntries(entries);
}

const cutTexts = (given: Attributes, length: number): Attributes =>
	Object.fromEntries(
		Object.entries(given).map(([name, value]) => [
			name,
			typeof value === 'string' ? value.slice(0, length) : value,
		]),
	);

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const short = text.map(
	(value) =>
		value
			.slice(0, 40)
			.replace(/[\s\p{C}]+/gu, ' ')
			.trim() || 'x',
);
const instant = fc.integer({ min: Date.UTC(2001, 0, 1), max: NOW });

const customer = fc.record({ externalId: optional(short), name: short, phone: optional(short), attributes });
const vehicle = fc.record({
	externalId: short,
	name: optional(short),
	make: optional(short),
	model: optional(short),
	year: optional(fc.integer({ min: 1900, max: 2026 })),
	attributes,
	customer: optional(fc.nat(3)),
});
const task = fc.record({
	title: short,
	description: optional(text),
	dueAt: optional(instant),
	state: fc.constantFrom<TaskState>('created', 'complete', 'canceled'),
	vehicle: optional(fc.nat(3)),
	customer: optional(fc.nat(3)),
});
const report = fc.record({
	vehicle: fc.nat(3),
	messageId: short,
	reportedAt: instant,
	sequence: fc.nat(1_000_000),
	position: fc.option(
		fc.record({
			latitude: fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value || 0),
			longitude: fc.double({ min: -180, max: 180, noNaN: true }).map((value) => value || 0),
			heading: fc.integer({ min: 0, max: 359 }),
		}),
	),
	// Status messages take texts of up to 4,000 characters.
	attributes: attributes.map((given) => cutTexts(given, 4_000)),
});
const scenario = fc.record({
	customers: fc.uniqueArray(customer, {
		minLength: 1,
		maxLength: 4,
		selector: ({ name }) => name.toLowerCase(),
	}),
	vehicles: fc.uniqueArray(vehicle, {
		minLength: 1,
		maxLength: 4,
		selector: ({ externalId }) => externalId.toLowerCase(),
	}),
	tasks: fc.array(task, { maxLength: 4 }),
	reports: fc.uniqueArray(report, { maxLength: 6, selector: ({ messageId }) => messageId }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

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
	for (const [at, fields] of customers.entries()) {
		const none = { externalId: null, name: '', email: null, phone: null, attributes: {} };
		const parsed = parseCustomerFields({ ...fields, externalId: `${fields.externalId ?? '0'} ${at}` });
		customerIds.push((await session.customers.create({ ...none, ...parsed }, NOW)).id);
	}
	const vehicleIds: number[] = [];
	for (const { customer: owner, ...fields } of vehicles) {
		const none = {
			vin: null,
			plate: null,
			externalId: null,
			name: null,
			make: null,
			model: null,
			year: null,
		};
		const parsed = parseVehicleFields(fields);
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
