import fc from 'fast-check';
import type { ImportRecordType } from '../import';
import { IMPORT_LISTS } from './list-names';
import { planImport, type AskedPlan } from './plan-import';
import { rowInterpreter } from './row-interpreter';
import type { SourceRow } from './source-row';

const asked = (recordType: ImportRecordType, changes: Partial<AskedPlan> = {}): AskedPlan => ({
	...{ recordType, mapping: null, format: null, remembered: () => null },
	...changes,
});

function rowOf(cells: Record<string, unknown>, isText = true): SourceRow {
	return { row: 2, list: null, columns: Object.keys(cells), cells: Object.values(cells), isText };
}

function interpret(recordType: ImportRecordType, cells: Record<string, unknown>, isText = true) {
	const row = rowOf(cells, isText);
	const interpreted = rowInterpreter(planImport([row], asked(recordType)), recordType)(row);
	return interpreted.ok ? interpreted.records : interpreted.error;
}

const VIN = '1M8GDM9AXKP042788';

test('a vehicle row is matched by VIN, else external id, else plate', () => {
	expect(interpret('vehicles', { VIN: VIN.toLowerCase(), id: '7', plate: 'm-ab 1', Tank: '80' })).toEqual({
		...{ row: 2, list: null, kind: 'vehicles' },
		vehicle: {
			key: 'vin',
			fields: { vin: VIN, externalId: '7', plate: 'M-AB 1', attributes: { tank: 80 } },
			customer: null,
		},
	});
	expect(interpret('vehicles', { VIN: '', id: '7', plate: 'm-ab 1' })).toMatchObject({
		vehicle: { key: 'externalId' },
	});
	expect(interpret('vehicles', { VIN: '', id: ' ', plate: 'm-ab 1' })).toMatchObject({
		vehicle: { key: 'plate' },
	});
	expect(interpret('vehicles', { FIN: '', make: 'MAN' })).toEqual({
		...{ row: 2, list: null, column: 'FIN', value: null },
		message: 'The VIN is missing: a vehicle needs a VIN, an external id or a plate',
	});
});

test('an empty cell says nothing about its field', () => {
	const cells = { plate: 'M-AB 1', make: '', year: ' ', 'First registration': '' };
	expect(interpret('vehicles', cells)).toMatchObject({ vehicle: { fields: { plate: 'M-AB 1' } } });
	expect(interpret('vehicles', cells)).not.toHaveProperty('vehicle.fields.make');
	expect(interpret('vehicles', cells)).not.toHaveProperty('vehicle.fields.attributes');
});

test.each([
	['vehicles', { FIN: '1M8GDM9AXKP04278' }, 'FIN', '1M8GDM9AXKP04278', 'has 16 characters'],
	['vehicles', { plate: 'M-AB 1', Baujahr: 'neu' }, 'Baujahr', 'neu', 'not a whole number'],
	['vehicles', { plate: 'M-AB 1', 'Tank (l)': 'groß' }, 'Tank (l)', 'groß', 'is not a number'],
	['vehicles', { plate: 'M-AB 1', Erstzulassung: 'soon' }, 'Erstzulassung', 'soon', 'is no date'],
	['customers', { Firma: 'Acme', Mail: 'a@b, c@d' }, 'Mail', 'a@b, c@d', 'no e-mail address'],
	['tasks', { Titel: 'Wash', 'Fällig am': 'morgen' }, 'Fällig am', 'morgen', 'is no date'],
	['tasks', { Titel: '', vin: 'x' }, 'Titel', null, 'The title is missing'],
	['tasks', { title: 'Wash', state: 'maybe' }, 'state', 'maybe', 'write created, complete or canceled'],
	['tasks', { title: 'Wash', closedAt: '2026-01-01' }, 'state', null, 'is not closed'],
] as const)('%s: %j is an error at %s', (kind, cells, column, value, message) => {
	const expected = column === 'state' && value === null ? 'state' : column;
	expect(interpret(kind, cells)).toEqual({
		...{ row: 2, list: null, column: expected, value, message: expect.stringContaining(message) },
	});
});

test('the error of a row is its first wrong cell, and names the others', () => {
	expect(interpret('vehicles', { plate: 'M-AB 1', year: 'neu', vin: 'x', make: 'MAN' })).toMatchObject({
		column: 'year',
		value: 'neu',
		message: expect.stringMatching(/not a whole number.*\. Also wrong: 'vin'$/),
	});
});

test('a status row of text becomes a message, one of JSON stays the message that it is', () => {
	const cells = { Kennzeichen: 'M-AB 1', Zeitpunkt: '2026-01-01', lat: '48,1', Tempo: '50' };
	expect(interpret('statuses', cells)).toMatchObject({
		statuses: [
			{
				value: {
					...{ vehicle: 'M-AB 1', reportedAt: '2026-01-01', latitude: 48.1 },
					attributes: { tempo: 50 },
				},
			},
		],
	});
	const message = { vin: 'M-AB 1', timestamp: 1_767_225_600, position: { latitude: 1 }, fuelLevel: '12' };
	expect(interpret('statuses', message, false)).toMatchObject({ statuses: [{ value: message }] });
	const translated = { Kennzeichen: 'M-AB 1', timestamp: 1_767_225_600, fuelLevel: 12 };
	expect(interpret('statuses', translated, false)).toMatchObject({
		statuses: [{ value: { vehicle: 'M-AB 1', reportedAt: 1_767_225_600, attributes: { fuelLevel: 12 } } }],
	});
});

test("a vehicle's first status needs a time; what a vehicle that never reported has is its own", () => {
	const cells = {
		VIN,
		make: 'MAN',
		'Last seen': '2026-01-01T10:00:00Z',
		lat: '1.5',
		lon: '2.5',
		'Odometer (mi)': '100',
	};
	expect(interpret('vehicles', cells)).toMatchObject({
		vehicle: { key: 'vin', fields: { make: 'MAN' } },
		statuses: [
			{
				value: {
					...{ reportedAt: '2026-01-01T10:00:00Z', latitude: 1.5, longitude: 2.5 },
					attributes: { odometer: 160.9344 },
				},
			},
		],
	});
	expect(interpret('vehicles', { ...cells, 'Last seen': '' })).toMatchObject({
		...{ column: 'Last seen', message: expect.stringContaining('The time of the report is missing') },
	});
	const never = interpret('vehicles', { ...cells, 'Last seen': '', lat: '', lon: '' });
	expect(never).toMatchObject({ vehicle: { fields: { attributes: { odometer: 160.9344 } } } });
	expect(never).not.toHaveProperty('statuses');
});

test("a row's own customer is a record, one that is only named is a link", () => {
	expect(interpret('vehicles', { VIN, 'Customer name': 'Acme', 'Customer ID': '007' })).toMatchObject({
		customer: { fields: { name: 'Acme', externalId: '007' } },
		vehicle: { customer: null },
	});
	expect(interpret('vehicles', { VIN, 'Customer name': '', 'Customer ID': '' })).not.toHaveProperty(
		'customer',
	);
	expect(interpret('vehicles', { VIN, 'Customer ID': '007' })).toMatchObject({
		vehicle: { customer: { key: '007', column: 'Customer ID' } },
	});
	expect(interpret('vehicles', { VIN, 'Customer name': '', 'Customer phone': '089' })).toMatchObject({
		...{ column: 'Customer name', message: expect.stringContaining('a customer needs a name') },
	});
});

test('whatever stands in a row, it is a record or an error, never a throw, and no prototype changes', () => {
	const name = fc.oneof(
		fc.constantFrom('vin', 'plate', 'attributes', 'customer', 'title', 'year', 'name', 'Customer name'),
		fc.constantFrom('__proto__', 'attributes.__proto__', 'constructor', 'position', 'lat', 'reportedAt'),
		fc.string(),
	);
	fc.assert(
		fc.property(
			fc.constantFrom(...IMPORT_LISTS),
			fc.dictionary(name, fc.jsonValue()),
			fc.boolean(),
			(kind, cells, isText) => {
				const row = rowOf(cells, isText);
				const plan = planImport([row], asked(kind));
				const interpreted = rowInterpreter(plan, kind)(row);
				if (interpreted.ok) expect(interpreted.records.kind).toBe(kind);
				else expect(interpreted.error.message).not.toBe('');
				expect(Object.prototype).not.toHaveProperty('polluted');
			},
		),
		{ numRuns: 1_000 },
	);
});
