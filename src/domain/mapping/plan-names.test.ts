import { columnPlan, fieldsOf, table } from './testing/plan';

const VEHICLE_HEADERS: readonly (readonly [string, readonly string[]])[] = [
	['English', ['VIN', 'Licence plate', 'Unit number', 'Make', 'Model', 'Model Year', 'Customer ID']],
	[
		'German',
		[
			...['Fahrgestell-Nr.', 'amtl. Kennzeichen', 'Fahrzeug-ID', 'Hersteller', 'Modell', 'Baujahr'],
			'Kundennummer',
		],
	],
	['French', ['N° de châssis', 'IMMATRICULATION', 'ID véhicule', 'Marque', 'Modèle', 'Année', 'N° client']],
	['Spanish', ['Nº de bastidor', 'Matrícula', 'ID vehículo', 'Marca', 'Modelo', 'Año', 'Número de cliente']],
	['Italian', ['Numero di telaio', 'Targa', 'ID veicolo', 'Marca', 'Modello', 'Anno', 'Codice cliente']],
	['Dutch', ['Chassisnummer', 'Kenteken', 'Voertuignummer', 'Merk', 'Model', 'Bouwjaar', 'Klantnummer']],
	[
		'Polish',
		[
			...['Numer VIN', 'Nr rejestracyjny', 'Numer pojazdu', 'Marka', 'Model', 'Rok produkcji'],
			'Numer klienta',
		],
	],
];

test.each(VEHICLE_HEADERS)('%s names of a vehicle are known', (_, columns) => {
	const fields = ['vin', 'plate', 'externalId', 'make', 'model', 'year', 'customer'];
	const row = columns.map(() => 'x');
	expect(fieldsOf(table(columns, row))).toEqual([
		['vehicles', ...fields.map((field, at) => `${columns[at]} -> vehicle.${field}`)],
	]);
});

test('of two columns for one field the one with its very name fills it, the other is an attribute', () => {
	expect(fieldsOf(table(['id', 'externalId', 'FIN', 'VIN'], ['1', '2', '3', '4']))).toEqual([
		[
			'vehicles',
			...['id -> vehicle.attributes.id', 'externalId -> vehicle.externalId', 'FIN -> vehicle.vin'],
			'VIN -> vehicle.attributes.vin',
		],
	]);
});

test.each([
	[
		['Kunde', 'Kundennummer'],
		['name', 'externalId'],
	],
	[
		['Customer ID', 'Customer'],
		['externalId', 'name'],
	],
	[
		['Customer ID', 'Customer', 'Customer e-mail'],
		['externalId', 'name', 'email'],
	],
	[
		['Customer', 'Customer name'],
		['externalId', 'name'],
	],
	[
		['Customer', 'Customer ID', 'Customer name'],
		[undefined, 'externalId', 'name'],
	],
])('%j beside a vehicle are one customer', (columns, fields) => {
	const [[, ...found] = []] = fieldsOf(table(['VIN', ...columns], ['x', ...columns]));
	const expected = columns.map((column, at) =>
		fields[at] === undefined
			? `${column} -> vehicle.attributes.customer`
			: `${column} -> customer.${fields[at]}`,
	);
	expect(found.toSorted()).toEqual(['VIN -> vehicle.vin', ...expected].toSorted());
});

test.each(['Kunde', 'Kundennummer'])('%s alone names a customer that there is', (column) => {
	expect(fieldsOf(table(['VIN', column], ['x', '1']))).toEqual([
		['vehicles', 'VIN -> vehicle.vin', `${column} -> vehicle.customer`],
	]);
});

test('what means nothing is an attribute in camel case, each with a name of its own; the reason of an error is none', () => {
	const columns = ['VIN', 'Paint code', 'PAINT_CODE', 'Größe', '!!', '__proto__', 'Import error'];
	expect(fieldsOf(table(columns, columns)).flat()).toEqual([
		...['vehicles', 'VIN -> vehicle.vin', 'Paint code -> vehicle.attributes.paintCode'],
		...['PAINT_CODE -> vehicle.attributes.PAINT_CODE', 'Größe -> vehicle.attributes.größe'],
		...['!! -> vehicle.attributes.!!', '__proto__ -> vehicle.attributes.proto'],
	]);
});

test('attributes as the exports name them keep their names to the letter', () => {
	expect(
		fieldsOf(table(['vin', 'attributes.Tank size (l)', 'attributes.a.b'], ['x', '1', '2'])).flat(),
	).toEqual([
		...['vehicles', 'vin -> vehicle.vin', 'attributes.Tank size (l) -> vehicle.attributes.Tank size (l)'],
		'attributes.a.b -> vehicle.attributes.a.b',
	]);
});

describe('units', () => {
	test.each([
		['Odometer (mi)', 'odometer', 'mi'],
		['Speed [km/h]', 'speed', 'km/h'],
		['Tank size l', 'tankSize', 'L'],
		['Kilometerstand in km', 'kilometerstand', 'km'],
		['odometer_miles', 'odometer', 'mi'],
		['Temperatur (°F)', 'temperatur', '°F'],
		['Tire pressure psi', 'tirePressure', 'psi'],
		['Distance (m)', 'distance', 'm'],
		['Engine hours (h)', 'engineHours', undefined],
		['Length (m)', 'lengthM', undefined],
		['Lead time (d)', 'leadTimeD', undefined],
		['Size L', 'sizeL', undefined],
		['Group (A)', 'groupA', undefined],
		['Consumption l/100km', 'consumptionL100km', undefined],
		['Speed (mi)', 'speedMi', undefined],
	])('%s is the attribute %s in %p', (column, name, unit) => {
		const plan = { unit: undefined, ...columnPlan(column, ['1']) };
		expect(plan).toMatchObject({ field: `attributes.${name}`, unit });
	});
});
