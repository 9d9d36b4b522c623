import fc from 'fast-check';
import type { AttributeValue } from '../attributes';
import { FleetError } from '../errors';
import { parseVehicleFields } from '../vehicle';
import { planImport } from './plan-import';
import { numberText } from './read-number';
import { rowInterpreter } from './row-interpreter';
import type { SourceRow } from './source-row';
import { ASKED } from './testing/plan';
import { defuseText, markText } from './text-marker';

const line = (maxLength: number) =>
	fc.string({ unit: 'grapheme', minLength: 1, maxLength }).map((text) => text.trim() || 'x');
const values = fc.oneof(
	fc.string({ unit: 'grapheme', minLength: 1 }),
	fc.constantFrom('007', '12', '1,5', '1.234', '31.12.2026', '2026-12-31', 'ja', 'true', '=1', "'x", ' x '),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
	fc.integer(),
	fc.boolean(),
);
const attributeName = fc
	.oneof(
		fc.constantFrom(
			'colour',
			'Odometer (mi)',
			'purchaseDate',
			'a.b',
			'vin',
			'date',
			'odometer',
			'constructor',
		),
		fc.string({ minLength: 1, maxLength: 20 }).map((name) => name.trim() || 'x'),
	)
	.filter((name) => name !== '__proto__');
const attributes = fc.dictionary(attributeName, values, { maxKeys: 4, noNullPrototype: true });

type Cells = Readonly<Record<string, string>>;

/** The rows of a CSV that an export would write, with the columns of all records. */
function toRows(all: readonly Cells[]): SourceRow[] {
	const columns = [...new Set(all.flatMap((cells) => Object.keys(cells)))];
	return all.map((cells, index) => ({
		...{ row: index + 2, list: null, columns, isText: true },
		cells: columns.map((column) => cells[column] ?? ''),
	}));
}

function attributeCells(from: Readonly<Record<string, AttributeValue>>): Cells {
	return Object.fromEntries(
		Object.entries(from).map(([name, value]) => [
			`attributes.${name}`,
			typeof value === 'string'
				? markText(value)
				: typeof value === 'number'
					? numberText(value)
					: String(value),
		]),
	);
}

function readBack(rows: readonly SourceRow[], recordType: 'vehicles' | 'customers' | 'statuses' | 'tasks') {
	const plan = planImport(rows.slice(0, 3), { ...ASKED, recordType });
	expect(plan.questions).toEqual([]);
	const interpret = rowInterpreter(plan, recordType);
	return rows.map((row) => {
		const interpreted = interpret(row);
		return interpreted.ok ? interpreted.records : interpreted.error;
	});
}

test('vehicles as the exports write them come back equal', () => {
	const vehicle = fc.record(
		{
			externalId: line(20),
			name: line(20),
			make: line(20),
			year: fc.integer({ min: 1886, max: 2100 }),
			attributes,
		},
		{ requiredKeys: ['externalId', 'attributes'] },
	);
	fc.assert(
		fc.property(fc.array(fc.tuple(vehicle, fc.option(line(20))), { minLength: 1, maxLength: 6 }), (all) => {
			const valid = all.filter(([fields]) => isValid(() => parseVehicleFields(fields)));
			const rows = toRows(
				valid.map(([{ attributes: own, year, ...texts }, customer]) => ({
					...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, defuseText(text)])),
					...(year === undefined ? {} : { year: String(year) }),
					...(customer === null ? {} : { customer: defuseText(customer) }),
					...attributeCells(own),
				})),
			);
			expect(rows.length === 0 ? [] : readBack(rows, 'vehicles')).toEqual(
				valid.map(([fields, customer], index) => {
					const { attributes: own, ...others } = parseVehicleFields(fields);
					const isEmpty = Object.keys(own ?? {}).length === 0;
					return {
						...{ row: index + 2, list: null, kind: 'vehicles' },
						vehicle: {
							key: 'externalId',
							fields: isEmpty ? others : { ...others, attributes: own },
							customer: customer === null ? null : { key: customer, column: 'customer' },
						},
					};
				}),
			);
		}),
		{ numRuns: 500 },
	);
});

test('statuses as the exports write them come back equal', () => {
	const status = fc.record({
		...{ messageId: line(20), vehicle: line(20), sequence: fc.nat() },
		reportedAt: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
		position: fc.record({
			latitude: fc.double({ min: -90, max: 90, noNaN: true }),
			longitude: fc.double({ min: -180, max: 180, noNaN: true }),
			heading: fc.double({ min: 0, max: 360, noNaN: true }),
		}),
		attributes,
	});
	fc.assert(
		fc.property(fc.array(status, { minLength: 1, maxLength: 5 }), (all) => {
			const rows = toRows(
				all.map(({ messageId, vehicle, sequence, reportedAt, position, attributes: own }) => ({
					...{ messageId: defuseText(messageId), vehicle: defuseText(vehicle), sequence: String(sequence) },
					reportedAt: reportedAt.toISOString(),
					...Object.fromEntries(Object.entries(position).map(([name, value]) => [name, numberText(value)])),
					...attributeCells(own),
				})),
			);
			expect(readBack(rows, 'statuses')).toEqual(
				all.map(({ position, reportedAt, ...others }, index) => ({
					...{ row: index + 2, list: null, kind: 'statuses' },
					statuses: [
						{
							value: {
								...others,
								...Object.fromEntries(Object.entries(position).map(([name, value]) => [name, value + 0])),
								reportedAt: reportedAt.toISOString(),
							},
						},
					],
				})),
			);
		}),
		{ numRuns: 300 },
	);
});

test('customers and tasks as the exports write them come back equal', () => {
	const [customer] = readBack(
		toRows([
			{
				...{
					externalId: '007',
					name: defuseText('=ACME'),
					email: 'a@b.example',
					phone: defuseText('+49 89'),
				},
				'attributes.Since': markText('2019'),
			},
		]),
		'customers',
	);
	expect(customer).toMatchObject({
		customer: {
			fields: {
				...{ externalId: '007', name: '=ACME', email: 'a@b.example', phone: '+49 89' },
				attributes: { Since: '2019' },
			},
		},
	});
	const at = '2026-12-31T14:05:00.250Z';
	const task = { title: 'Wash', description: 'a\nb', dueAt: at, vehicle: 'M-AB 1', customer: '007' };
	expect(
		readBack(
			toRows([
				{ ...task, state: 'complete', closedAt: at },
				{ ...task, state: 'created', closedAt: '' },
			]),
			'tasks',
		),
	).toMatchObject([
		{
			task: {
				fields: { title: 'Wash', description: 'a\nb', dueAt: Date.parse(at) },
				...{ state: 'complete', closedAt: Date.parse(at) },
				vehicle: { key: 'M-AB 1', column: 'vehicle' },
				customer: { key: '007', column: 'customer' },
			},
		},
		{ task: { state: 'created' } },
	]);
});

function isValid(parse: () => unknown): boolean {
	try {
		parse();
		return true;
	} catch (error) {
		if (error instanceof FleetError) return false;
		throw error;
	}
}
