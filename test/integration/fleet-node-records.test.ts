import { byId, byKey, fleetNode, VIN } from './fleet-node-lib';

const fleet = fleetNode();

describe('vehicles and customers', () => {
	it('are created one for each item, with expressions and typed attributes', async () => {
		const parameters = {
			resource: 'vehicle',
			operation: 'create',
			vin: '={{ $json.vin }}',
			plate: '={{ $json.plate }}',
			additionalFields: {
				make: 'Volvo',
				year: '2024',
				attributes: {
					attribute: [
						{ name: 'seats', value: '5' },
						{ name: 'colour', value: 'white' },
					],
				},
			},
		};
		const created = await fleet.items(parameters, [
			{ vin: VIN.toLowerCase(), plate: 'b  fl 1' },
			{ plate: 'B FL 2' },
		]);
		expect(created.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(created.map(({ json }) => json)).toMatchObject([
			{ id: 1, vin: VIN, plate: 'B FL 1', make: 'Volvo', year: 2024, customerId: null },
			{ id: 2, vin: null, plate: 'B FL 2', attributes: { seats: 5, colour: 'white' } },
		]);
		expect(created[0]?.json.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
	});

	it('are created or updated by their key', async () => {
		const upsert = {
			resource: 'vehicle',
			operation: 'upsert',
			vin: VIN,
			additionalFields: { name: 'Big Red' },
		};
		expect(await fleet.json(upsert)).toMatchObject([
			{ id: 1, name: 'Big Red', plate: 'B FL 1', created: false },
		]);
		const customer = { resource: 'customer', operation: 'upsert', externalId: 'C-1', name: 'Ada' };
		expect(await fleet.json(customer)).toMatchObject([{ id: 1, name: 'Ada', created: true }]);
		expect(await fleet.json({ ...customer, name: 'Ada L.' })).toMatchObject([
			{ id: 1, name: 'Ada L.', created: false },
		]);
	});

	it('are attached, listed by customer and detached', async () => {
		const vehicle = { resource: 'vehicle', vehicle: byKey('B fl 1') };
		expect(await fleet.json({ ...vehicle, operation: 'attach', customer: byKey('C-1') })).toMatchObject([
			{ id: 1, customerId: 1 },
		]);
		const mine = { resource: 'vehicle', operation: 'getAll', filters: { customer: byId(1) } };
		expect(await fleet.json(mine)).toMatchObject([{ id: 1 }]);
		expect(await fleet.json({ ...vehicle, operation: 'detach' })).toMatchObject([{ customerId: null }]);
		expect(await fleet.json({ ...vehicle, operation: 'getCustomers' })).toMatchObject([
			{ customerId: 1, detachedAt: expect.stringMatching(/Z$/) },
		]);
		expect(await fleet.json(mine)).toEqual([]);
	});

	it('are changed where a field is added, and cleared where it is left empty', async () => {
		const updateFields = { name: '', plate: 'B FL 9' };
		const update = { resource: 'vehicle', operation: 'update', vehicle: byId('1'), updateFields };
		expect(await fleet.json(update)).toMatchObject([{ id: 1, name: null, plate: 'B FL 9', make: 'Volvo' }]);
	});

	it('are listed in pages, or all, and searched', async () => {
		const list = { resource: 'vehicle', operation: 'getAll' };
		expect(await fleet.json({ ...list, limit: 1 })).toMatchObject([{ id: 1 }]);
		expect(await fleet.json({ ...list, returnAll: true })).toHaveLength(2);
		expect(await fleet.json({ ...list, filters: { search: 'fl 2' } })).toMatchObject([{ id: 2 }]);
	});

	it('are found from the list of a locator', async () => {
		expect(await fleet.search('searchVehicles', 'fl 9')).toEqual({
			results: [{ name: `B FL 9 · ${VIN}`, value: 1 }],
		});
		expect(await fleet.search('searchCustomers')).toEqual({
			results: [{ name: 'Ada L. (C-1)', value: 1 }],
		});
	});

	it('are deleted', async () => {
		const vehicle = { resource: 'vehicle', vehicle: byId(2) };
		expect(await fleet.json({ ...vehicle, operation: 'delete' })).toEqual([{ id: 2, deleted: true }]);
		await expect(fleet.json({ ...vehicle, operation: 'get' })).rejects.toMatchObject({
			message: "There is no vehicle '2' [item 0]",
			description: expect.stringContaining('Get Many'),
		});
	});
});

describe('a failing item', () => {
	it('does not stop the others where the node continues on fail', async () => {
		const parameters = { resource: 'customer', operation: 'create', name: '={{ $json.name }}' };
		const items = [{ name: 'Grace' }, { name: '' }, { name: 'Linus' }];
		const { outputs } = await fleet.run({ parameters, items, continueOnFail: true });
		expect(outputs[0]).toMatchObject([
			{ json: { name: 'Grace' }, pairedItem: { item: 0 } },
			{ json: { error: 'The customer has no name' }, pairedItem: { item: 1 } },
			{ json: { name: 'Linus' }, pairedItem: { item: 2 } },
		]);
	});
});

describe('log', () => {
	it('takes entries about a vehicle', async () => {
		const additionalFields = { vehicle: byKey(VIN) };
		const entry = { resource: 'log', operation: 'create', message: 'Tyres changed', additionalFields };
		expect(await fleet.json(entry)).toMatchObject([{ id: 1, level: 'info', vehicleId: 1 }]);
		const list = { resource: 'log', operation: 'getAll', filters: { search: 'tyres', vehicle: byId(1) } };
		expect(await fleet.json(list)).toMatchObject([{ message: 'Tyres changed', at: expect.any(String) }]);
		expect(await fleet.json({ resource: 'log', operation: 'delete', log: byId(1) })).toEqual([
			{ id: 1, deleted: true },
		]);
	});
});

describe('status and imports', () => {
	it('say so when there is nothing yet', async () => {
		const status = { resource: 'status', operation: 'get', vehicle: byId(1) };
		await expect(fleet.json(status)).rejects.toThrow("The vehicle '1' has not reported yet [item 0]");
		expect(await fleet.json({ ...status, operation: 'getHistory' })).toEqual([]);
		expect(await fleet.json({ resource: 'import', operation: 'getAll' })).toEqual([]);
		expect(await fleet.json({ resource: 'firing', operation: 'getAll' })).toEqual([]);
	});
});
