import { mapperFields } from './sample-columns';

const shown = (...args: Parameters<typeof mapperFields>) =>
	mapperFields(...args)
		.filter(({ removed }) => !removed)
		.map(({ displayName, defaultValue }) => [displayName, defaultValue]);

test('without a sample the fields of the main record are shown, to be filled with names', () => {
	const fields = mapperFields('customers', null);
	expect(fields.map(({ id, type, removed }) => [id, type, removed])).toEqual([
		['customer.name', 'string', false],
		['customer.externalId', 'string', false],
		['customer.email', 'string', false],
		['customer.phone', 'string', false],
	]);
	expect(shown('tasks', null).map(([name]) => name)).toContain('Task: Title');
	expect(shown('tasks', null).map(([name]) => name)).not.toContain('Vehicle: VIN');
});

test('a sample chooses what was recognised, and offers its columns for all else', () => {
	const sample = [
		{ column: 'FIN', record: 'vehicle', field: 'vin' },
		{ column: 'Tank', record: 'vehicle', field: 'attributes.tank' },
		{ column: 'Kunde', record: 'customer', field: 'name' },
		{ column: 'Zeit', record: 'status', field: 'reportedAt' },
	] as const;
	expect(shown('vehicles', sample)).toEqual([
		['Vehicle: VIN', 'FIN'],
		['Customer: Name', 'Kunde'],
		['Status: Reported At', 'Zeit'],
		['Vehicle: tank', 'Tank'],
	]);
	const plate = mapperFields('vehicles', sample).find(({ id }) => id === 'vehicle.plate');
	expect(plate).toMatchObject({ type: 'options', removed: true });
	expect(plate?.options?.map(({ value }) => value)).toEqual(['FIN', 'Tank', 'Kunde', 'Zeit']);
});

test('a field that two lists of a file fill is offered once, and records of other kinds are not', () => {
	const sample = [
		{ column: 'id', record: 'customer', field: 'externalId' },
		{ column: 'key', record: 'customer', field: 'externalId' },
		{ column: 'vin', record: 'vehicle', field: 'vin' },
	] as const;
	expect(shown('customers', sample)).toEqual([['Customer: External ID', 'id']]);
});
