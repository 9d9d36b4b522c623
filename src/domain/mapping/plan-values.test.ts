import { fieldsOf, table } from './testing/plan';

const VINS = ['1M8GDM9AXKP042788', '1G4AH59H45G118341', '1J9RP1A36A1644345'];

describe('values', () => {
	test('a column full of VINs is the VIN, whatever it is called', () => {
		const rows = VINS.map((vin, index) => [vin, `T${index}`]);
		for (const name of ['Fzg.', 'Column 1']) {
			expect(fieldsOf(table([name, 'Typ'], ...rows)).flat()).toEqual([
				...['vehicles', `${name} -> vehicle.vin`, 'Typ -> vehicle.model'],
			]);
		}
	});

	test('a column called VIN without one gives way to another full of them, and to nothing else', () => {
		const rows = VINS.map((vin, index) => [`${index}`, vin]);
		expect(fieldsOf(table(['VIN', 'Fzg.'], ...rows)).flat()).toEqual([
			...['vehicles', 'VIN -> vehicle.attributes.vin', 'Fzg. -> vehicle.vin'],
		]);
		const some = [...rows, ['3', 'x'], ['4', 'y']];
		expect(fieldsOf(table(['VIN', 'Fzg.'], ...some)).flat()).toContain('VIN -> vehicle.vin');
		const good = VINS.map((vin) => [vin, vin]);
		expect(fieldsOf(table(['VIN', 'Old one'], ...good)).flat()).toContain('VIN -> vehicle.vin');
	});

	test('of two columns full of VINs neither is guessed', () => {
		const rows = VINS.map((vin) => [vin, vin, 'M-AB 1']);
		expect(fieldsOf(table(['a', 'b', 'Kennzeichen'], ...rows)).flat()).toEqual([
			...[
				'vehicles',
				'a -> vehicle.attributes.a',
				'b -> vehicle.attributes.b',
				'Kennzeichen -> vehicle.plate',
			],
		]);
	});

	test('plates and e-mail addresses are known where they are obvious', () => {
		const plates = [
			['M-AB 1', 'MAN'],
			['B-XY 22', 'DAF'],
			['HH-A 333E', 'MAN'],
		];
		expect(fieldsOf(table(['Column 1', 'make'], ...plates)).flat()).toContain('Column 1 -> vehicle.plate');
		expect(fieldsOf(table(['Column 1', 'make'], ...plates.slice(1))).flat()).toContain(
			'Column 1 -> vehicle.attributes.column1',
		);
		expect(fieldsOf(table(['Firma', 'Kontakt'], ['Acme', 'a@acme.example']))).toEqual([
			['customers', 'Firma -> customer.name', 'Kontakt -> customer.email'],
		]);
	});
});

describe('several records of one row', () => {
	test("a vehicle's customer has a name, an address and a number of its own", () => {
		const columns = ['VIN', 'Kunde Name', 'Kunden-E-Mail', 'Kundennummer', 'Telefon', 'Farbe'];
		expect(fieldsOf(table(columns, ['x', 'Acme', 'a@b.c', '7', '089', 'rot'])).flat()).toEqual([
			...['vehicles', 'VIN -> vehicle.vin', 'Kunde Name -> customer.name'],
			...['Kunden-E-Mail -> customer.email', 'Kundennummer -> customer.externalId'],
			...['Telefon -> customer.phone', 'Farbe -> vehicle.attributes.farbe'],
		]);
		expect(fieldsOf(table(['VIN', 'Customer', 'Customer email'], ['x', 'Acme', 'a@b.c'])).flat()).toContain(
			'Customer -> customer.name',
		);
		expect(fieldsOf(table(['VIN', 'Customer'], ['x', 'Acme'])).flat()).toContain(
			'Customer -> vehicle.customer',
		);
	});

	test('a time of report makes a first status of the position and of what changes on the way', () => {
		const columns = ['VIN', 'Make', 'Model', 'Last seen', 'Lat', 'Lon', 'Odometer (mi)', 'Colour'];
		const row = ['x', 'MAN', 'TGX', '2026-01-01T10:00:00Z', '48.1', '11.5', '100', 'red'];
		expect(fieldsOf(table(columns, row)).flat()).toEqual([
			...['vehicles', 'VIN -> vehicle.vin', 'Make -> vehicle.make', 'Model -> vehicle.model'],
			...['Last seen -> status.reportedAt', 'Lat -> status.latitude', 'Lon -> status.longitude'],
			...['Odometer (mi) -> status.attributes.odometer', 'Colour -> vehicle.attributes.colour'],
		]);
		expect(
			fieldsOf(table(['VIN', 'Make', 'Lat', 'Lon', 'Odometer'], ['x', 'y', '1', '2', '3'])).flat(),
		).toEqual([
			...['vehicles', 'VIN -> vehicle.vin', 'Make -> vehicle.make', 'Lat -> vehicle.attributes.lat'],
			...['Lon -> vehicle.attributes.lon', 'Odometer -> vehicle.attributes.odometer'],
		]);
	});

	test('a file of statuses stays one, though its vehicles are described', () => {
		const columns = ['VIN', 'Make', 'Model', 'Timestamp', 'Lat', 'Lon'];
		const rows = [1, 2].map((hour) => [VINS[0], 'MAN', 'TGX', `2026-01-01T0${hour}:00:00Z`, '48.1', '11.5']);
		expect(fieldsOf(table(columns, ...rows))[0]?.slice(0, 2)).toEqual(['statuses', 'VIN -> status.vehicle']);
		expect(fieldsOf(table(['vin', 'timestamp', 'speed'], ['x', 'y', '1']))[0]?.[0]).toBe('statuses');
	});

	test('objects are taken apart', () => {
		const rows = table(
			['vin', 'customer', 'engine', 'attributes'],
			['x', { name: 'Acme', email: 'a@b.c' }, { power: { kw: 300 } }, { colour: 'red' }],
		);
		expect(fieldsOf(rows).flat()).toEqual([
			...['vehicles', 'vin -> vehicle.vin', 'customer.name -> customer.name'],
			...['customer.email -> customer.email', 'engine.power.kw -> vehicle.attributes.enginePowerKw'],
			'attributes -> vehicle.attributes',
		]);
	});
});
