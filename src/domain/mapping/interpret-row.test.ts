import fc from 'fast-check';
import { interpretRow } from './interpret-row';
import { IMPORT_LISTS, type ImportList } from './list-names';
import { matchColumns } from './match-columns';

function interpret(kind: ImportList, cells: Record<string, unknown>, isText = true) {
	const columns = Object.keys(cells);
	const row = { row: 2, list: null, columns, cells: Object.values(cells), isText };
	return interpretRow(kind, row, matchColumns(kind, columns));
}

test('a vehicle row is matched by VIN, else external id, else plate', () => {
	const vin = '1m8gdm9axkp042788';
	expect(interpret('vehicles', { VIN: vin, id: '7', plate: 'm-ab 1', Tank: '80' })).toMatchObject({
		...{ kind: 'vehicles', key: 'vin', customer: null },
		fields: { vin: vin.toUpperCase(), externalId: '7', plate: 'M-AB 1', attributes: { tank: 80 } },
	});
	expect(interpret('vehicles', { VIN: '', id: '7', plate: 'm-ab 1' })).toMatchObject({ key: 'externalId' });
	expect(interpret('vehicles', { VIN: '', id: ' ', plate: 'm-ab 1' })).toMatchObject({ key: 'plate' });
	expect(interpret('vehicles', { FIN: '', make: 'MAN' })).toEqual({
		kind: 'error',
		error: {
			...{ row: 2, list: null, column: 'FIN', value: null },
			message: 'The VIN is missing: a vehicle needs a VIN, an external id or a plate',
		},
	});
});

test('an empty cell says nothing about its field', () => {
	expect(
		interpret('vehicles', { plate: 'M-AB 1', make: '', year: ' ', 'First registration': '' }),
	).toMatchObject({
		fields: { plate: 'M-AB 1', attributes: {} },
	});
	expect(interpret('vehicles', { plate: 'M-AB 1', make: '' })).not.toHaveProperty('fields.make');
});

test.each([
	['vehicles', { FIN: '1M8GDM9AXKP04278' }, 'FIN', '1M8GDM9AXKP04278', 'has 16 characters'],
	['vehicles', { plate: 'M-AB 1', Baujahr: 'neu' }, 'Baujahr', 'neu', 'not a whole number'],
	[
		'vehicles',
		{ plate: 'M-AB 1', Erstzulassung: '03/04/2021' },
		'Erstzulassung',
		'03/04/2021',
		'day/month or',
	],
	['customers', { Firma: 'Acme', Mail: 'a@b, c@d' }, 'Mail', 'a@b, c@d', 'no e-mail address'],
	['tasks', { Titel: 'Wash', 'Fällig am': 'morgen' }, 'Fällig am', 'morgen', 'is no date'],
	['tasks', { Titel: '', vin: 'x' }, 'Titel', null, 'The title is missing'],
] as const)('%s: %j is an error at %s', (kind, cells, column, value, message) => {
	expect(interpret(kind, cells)).toEqual({
		kind: 'error',
		error: { row: 2, list: null, column, value, message: expect.stringContaining(message) },
	});
});

test('a status row of text becomes a message, one of JSON stays the message that it is', () => {
	expect(
		interpret('statuses', { Kennzeichen: 'M-AB 1', Zeitpunkt: '2026-01-01', lat: '48,1', Tempo: '50' }),
	).toMatchObject({
		value: { vehicle: 'M-AB 1', reportedAt: '2026-01-01', latitude: 48.1, attributes: { tempo: 50 } },
	});
	const message = { vin: 'M-AB 1', timestamp: 1_767_225_600, position: { latitude: 1 }, fuelLevel: '12' };
	expect(interpret('statuses', message, false)).toMatchObject({ value: message });
	const translated = { Kennzeichen: 'M-AB 1', timestamp: 1_767_225_600, fuelLevel: 12 };
	expect(interpret('statuses', translated, false)).toMatchObject({
		value: { vehicle: 'M-AB 1', reportedAt: 1_767_225_600, attributes: { fuelLevel: 12 } },
	});
});

test('whatever stands in a row, it is a record or an error, never a throw', () => {
	const name = fc.oneof(
		fc.constantFrom('vin', 'plate', 'attributes', 'customer', 'title', 'year', 'name'),
		fc.string(),
	);
	fc.assert(
		fc.property(
			fc.constantFrom(...IMPORT_LISTS),
			fc.dictionary(name, fc.jsonValue()),
			fc.boolean(),
			(kind, cells, isText) => {
				expect(['error', kind]).toContain(interpret(kind, cells, isText).kind);
			},
		),
		{ numRuns: 1_000 },
	);
});
