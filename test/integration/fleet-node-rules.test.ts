import { byId, byKey, fleetNode, VIN } from './fleet-node-lib';

const fleet = fleetNode();

const attribute = (value: string) => ({ __rl: true, mode: 'name', value });

const lowFuel = {
	resource: 'rule',
	operation: 'create',
	name: 'Low fuel',
	watches: 'tasks',
	match: 'all',
	conditions: { row: [{ attribute: attribute('fuelLevel'), operator: 'lt', value: '15' }] },
	groups: {
		group: [
			{
				match: 'none',
				conditions: {
					row: [
						{ attribute: attribute('engine'), operator: 'in', values: 'off, idle' },
						{ attribute: attribute('speed'), operator: 'between', low: '0', high: '1' },
					],
				},
			},
		],
	},
	actions: { action: [{ type: 'createTask', title: 'Refuel {{vehicle.plate}}' }] },
	cooldownSeconds: 60,
};

beforeAll(async () => {
	await fleet.json({ resource: 'vehicle', operation: 'create', vin: VIN, plate: 'B FL 1' });
});

describe('rules', () => {
	it('are made by clicks, and warn of attributes that nobody has reported', async () => {
		const { outputs, hints } = await fleet.run({ parameters: lowFuel });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			id: 1,
			version: 1,
			severity: 'warning',
			enabled: true,
			scope: { vehicles: 'tasks' },
			pattern: {
				all: [
					{ attribute: 'fuelLevel', operator: 'lt', value: 15 },
					{
						not: {
							any: [
								{ attribute: 'engine', operator: 'in', value: ['off', 'idle'] },
								{ attribute: 'speed', operator: 'between', value: [0, 1] },
							],
						},
					},
				],
			},
			fire: { on: 'edge', cooldownSeconds: 60 },
			actions: [{ type: 'createTask', title: 'Refuel {{vehicle.plate}}' }],
		});
		expect(hints.map(({ message }) => message)).toContain("No vehicle has reported 'fuelLevel' yet.");
	});

	it('are changed part by part', async () => {
		const rule = byKey('Low fuel');
		const update = {
			resource: 'rule',
			operation: 'update',
			rule,
			change: 'parts',
			parts: ['name', 'scope'],
			name: 'Fuel',
			watches: 'vehicle',
		};
		const saved = await fleet.json({ ...update, vehicle: byKey('b fl 1') });
		expect(saved).toMatchObject([
			{ id: 1, version: 2, name: 'Fuel', scope: { vehicles: 'vehicle', vehicleId: 1 }, severity: 'warning' },
		]);
		expect(saved[0]?.pattern).toHaveProperty('all');
	});

	it('are changed in the fields that show what they say now', async () => {
		const shown = await fleet.fields('getRuleFields', {
			resource: 'rule',
			operation: 'update',
			rule: byId(1),
		});
		const said = shown.filter(({ removed }) => removed !== true);
		expect(said.map(({ displayName, defaultValue }) => [displayName, defaultValue])).toEqual([
			['Name', 'Fuel'],
			['Severity', 'warning'],
			['Watches', 'vehicle'],
			['Vehicle', '1'],
			['Condition 1: Attribute', 'fuelLevel'],
			['Condition 1: Comparison', 'lt'],
			['Condition 1: Value', '15'],
			['Group 1: Name', 'Group 1'],
			['Group 1: Match', 'none'],
			['Group 1, condition 1: Attribute', 'engine'],
			['Group 1, condition 1: Comparison', 'in'],
			['Group 1, condition 1: Values', 'off, idle'],
			['Group 1, condition 2: Attribute', 'speed'],
			['Group 1, condition 2: Comparison', 'between'],
			['Group 1, condition 2: From', '0'],
			['Group 1, condition 2: To', '1'],
			['Action 1: Action', 'createTask'],
			['Action 1: Title', 'Refuel {{vehicle.plate}}'],
			['Cooldown (Seconds)', 60],
		]);
		const values = Object.fromEntries(said.map(({ id, defaultValue }) => [id, defaultValue]));
		const value = { ...values, conditions__row__0__value: '12', conditions__row__0__forSeconds: 600 };
		const update = {
			resource: 'rule',
			operation: 'update',
			rule: byId(1),
			change: 'fields',
			fields: { value },
		};
		const [saved] = await fleet.json(update);
		expect(saved).toMatchObject({
			version: 3,
			scope: { vehicles: 'vehicle', vehicleId: 1 },
			pattern: {
				all: [
					{ holds: { attribute: 'fuelLevel', operator: 'lt', value: 12 }, forSeconds: 600 },
					{ not: { any: [{ attribute: 'engine' }, { attribute: 'speed', value: [0, 1] }] } },
				],
			},
			fire: { on: 'edge', cooldownSeconds: 60 },
		});
		expect(await fleet.json({ ...update, fields: { value: values } })).toMatchObject([{ version: 4 }]);
	});

	it('are said in words while they are edited, with what is wrong in the words of the editor', async () => {
		const said = async (changes: object) => await fleet.notice('sayRule', { ...lowFuel, ...changes });
		expect(await said({})).toMatch(
			/^<strong>For the vehicles of the open tasks .* fuelLevel is less than 15 .*<\/strong><br>No vehicle has/,
		);
		const row = { attribute: attribute('error'), operator: 'matches', value: 'P0(' };
		expect(await said({ conditions: { row: [row] } })).toMatch(
			/^The regular expression in Condition 1: Value is wrong/,
		);
	});

	it('are tested against values, without firing', async () => {
		const test = { resource: 'rule', operation: 'test', rule: byId(1), against: 'attributes' };
		const values = (fuel: string, engine: string) => ({
			attribute: [
				{ name: 'fuelLevel', value: fuel },
				{ name: 'engine', value: engine },
			],
		});
		expect(await fleet.json({ ...test, attributes: values('9', 'on') })).toMatchObject([{ met: true }]);
		expect(await fleet.json({ ...test, attributes: values('9', 'idle') })).toMatchObject([{ met: false }]);
	});

	it('are disabled, enabled, listed and replaced by their name', async () => {
		const rule = { resource: 'rule', rule: byId(1) };
		expect(await fleet.json({ ...rule, operation: 'disable' })).toMatchObject([{ enabled: false }]);
		const disabled = { resource: 'rule', operation: 'getAll', filters: { enabled: false } };
		expect(await fleet.json(disabled)).toMatchObject([{ id: 1 }]);
		expect(await fleet.json({ ...rule, operation: 'enable' })).toMatchObject([{ enabled: true }]);
		const upsert = { ...lowFuel, operation: 'upsert', name: 'Fuel', severity: 'critical' };
		expect(await fleet.json(upsert)).toMatchObject([{ id: 1, severity: 'critical', created: false }]);
	});

	it.each([
		['a condition without a value', { conditions: { row: [{ attribute: attribute('a'), operator: 'lt' }] } }],
		['no condition', { conditions: {}, groups: {} }],
		[
			'an unknown template field',
			{ actions: { action: [{ type: 'storeLog', message: '{{vehicle.plat}}' }] } },
		],
		['JSON that is none', { options: { pattern: '{' } }],
		['a vehicle that is not there', { watches: 'vehicle', vehicle: byId(99) }],
	])('are refused with %s', async (_, wrong) => {
		const saved = fleet.json({ ...lowFuel, name: 'Wrong', ...wrong });
		await expect(saved).rejects.toMatchObject({
			message: expect.stringMatching(/\[item 0\]$/),
			description: expect.stringMatching(/\w/),
		});
	});

	it('take a pattern as JSON', async () => {
		const pattern = {
			any: [
				{ attribute: 'a', operator: 'exists' },
				{ attribute: 'b', operator: 'eq', value: 1 },
			],
		};
		const rule = {
			...lowFuel,
			name: 'By JSON',
			conditions: {},
			options: { pattern: JSON.stringify(pattern) },
		};
		expect(await fleet.json(rule)).toMatchObject([{ id: 2, pattern }]);
	});
});

describe('tasks', () => {
	it('carry rules that watch tasks, from the list of those', async () => {
		expect(await fleet.options('getTaskRules')).toEqual([
			{ name: 'By JSON', value: 2 },
			{ name: 'Fuel', value: 1 },
		]);
		const dueAt = '2026-07-01T14:00:00';
		const additionalFields = { ruleIds: [1], dueAt, description: 'soon' };
		const create = {
			resource: 'task',
			operation: 'create',
			title: 'Trip',
			vehicle: byKey(VIN),
			additionalFields,
		};
		expect(await fleet.json(create)).toMatchObject([
			{
				id: 1,
				state: 'created',
				vehicleId: 1,
				customerId: null,
				ruleIds: [1],
				dueAt: '2026-07-01T12:00:00.000Z',
			},
		]);
	});

	it('have rules attached and detached', async () => {
		const task = { resource: 'task', task: byId(1), rule: byKey('By JSON') };
		expect(await fleet.json({ ...task, operation: 'attachRule' })).toMatchObject([{ ruleIds: [1, 2] }]);
		expect(await fleet.json({ ...task, operation: 'detachRule' })).toMatchObject([{ ruleIds: [1] }]);
	});

	it('are changed, and taken off their vehicle by an empty choice', async () => {
		const updateFields = { title: 'Long trip', vehicle: { __rl: true, mode: 'list', value: '' } };
		const update = { resource: 'task', operation: 'update', task: byId(1), updateFields };
		expect(await fleet.json(update)).toMatchObject([
			{ title: 'Long trip', vehicleId: null, description: 'soon', dueAt: '2026-07-01T12:00:00.000Z' },
		]);
	});

	it('are closed once', async () => {
		const task = { resource: 'task', task: byId(1) };
		expect(await fleet.json({ ...task, operation: 'complete' })).toMatchObject([{ state: 'complete' }]);
		await expect(fleet.json({ ...task, operation: 'cancel' })).rejects.toThrow(
			'The task is complete and cannot become canceled [item 0]',
		);
		const open = { resource: 'task', operation: 'getAll', filters: { state: 'created' } };
		expect(await fleet.json(open)).toEqual([]);
	});
});
