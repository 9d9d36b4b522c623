import fc from 'fast-check';
import { IMPORT_LISTS, listOf } from './list-names';
import { guessList, matchColumns } from './match-columns';
import { camelCase } from './normalise-name';

const targets = (list: (typeof IMPORT_LISTS)[number], ...columns: string[]) =>
	matchColumns(list, columns).map(
		({ kind, target, isDate }) => `${kind} ${target}${isDate ? ' (date)' : ''}`,
	);

test.each([
	['English', ['VIN', 'Licence plate', 'Unit number', 'Make', 'Model', 'Model Year', 'Customer ID']],
	[
		'German',
		[
			'Fahrgestell-Nr.',
			'amtl. Kennzeichen',
			'Fahrzeug-ID',
			'Hersteller',
			'Modell',
			'Baujahr',
			'Kundennummer',
		],
	],
	['French', ['N° de châssis', 'IMMATRICULATION', 'ID véhicule', 'Marque', 'Modèle', 'Année', 'N° client']],
	['Spanish', ['Nº de bastidor', 'Matrícula', 'ID vehículo', 'Marca', 'Modelo', 'Año', 'Número de cliente']],
])('%s names of a vehicle are known', (_, columns) => {
	const fields = ['vin', 'plate', 'externalId', 'make', 'model', 'year', 'customer'];
	expect(targets('vehicles', ...columns)).toEqual(fields.map((field) => `field ${field}`));
});

test('dates are known by their usual names, and by the word', () => {
	expect(targets('vehicles', 'Erstzulassung', 'Prochain contrôle technique', 'Purchase date')).toEqual([
		'attribute firstRegistration (date)',
		'attribute nextInspection (date)',
		'attribute purchaseDate (date)',
	]);
	expect(targets('tasks', 'Titel', 'Fällig am', 'Kennzeichen', 'Farbe')).toEqual([
		...['field title', 'field dueAt (date)', 'field vehicle', 'ignored '],
	]);
});

test('of two columns for one field the one with its very name fills it, the other is an attribute', () => {
	expect(targets('vehicles', 'id', 'externalId', 'FIN', 'VIN')).toEqual([
		...['attribute id', 'field externalId', 'field vin', 'attribute vin'],
	]);
});

test('what matches nothing is an attribute in camel case, each with a name of its own', () => {
	expect(targets('vehicles', 'Tank size (l)', 'TANK_SIZE_L', 'Größe', '!!', '__proto__')).toEqual([
		...['attribute tankSizeL', 'attribute TANK_SIZE_L', 'attribute größe', 'attribute !!', 'attribute proto'],
	]);
	expect(matchColumns('customers', ['2 ', '2', '2  ']).map(({ target }) => target)).toEqual([
		'2',
		'2 2',
		'2  ',
	]);
	fc.assert(
		fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), (columns) => {
			const names = matchColumns('customers', columns).map(({ kind, target }) => `${kind} ${target}`);
			expect(new Set(names).size).toBe(columns.length);
		}),
	);
	fc.assert(fc.property(fc.string(), (name) => expect(camelCase(name)).toMatch(/^[\p{L}\p{N}]*$/u)));
});

test('the kind of record is told from the columns', () => {
	expect(guessList(['VIN', 'Name'])).toBe('vehicles');
	expect(guessList(['Kennzeichen', 'Kunde'])).toBe('vehicles');
	expect(guessList(['Firma', 'E-Mail', 'Telefon'])).toBe('customers');
	expect(guessList(['title', 'vin', 'due date'])).toBe('tasks');
	expect(guessList(['vin', 'timestamp', 'speed'])).toBe('statuses');
	expect(guessList(['foo', 'bar'])).toBeNull();
});

test('lists are known by their names', () => {
	expect(['Fahrzeuge', 'CLIENTES', 'tâches', 'status_messages', 'foo'].map(listOf)).toEqual([
		...['vehicles', 'customers', 'tasks', 'statuses', null],
	]);
	expect(IMPORT_LISTS.map(listOf)).toEqual(IMPORT_LISTS);
});
