import { byKey, fleetNode, VIN } from './fleet-node-lib';

const fleet = fleetNode();
const rule = byKey('Low fuel');
const AT = Date.parse('2026-03-01T08:00:00Z');

const below = (value: string) => ({
	match: 'all',
	conditions: {
		row: [{ attribute: { __rl: true, mode: 'name', value: 'fuelLevel' }, operator: 'lt', value }],
	},
});

beforeAll(async () => {
	await fleet.json({ resource: 'vehicle', operation: 'create', vin: VIN, plate: 'B FL 1' });
	const actions = { action: [{ type: 'storeLog', message: '{{vehicle.plate}}' }] };
	await fleet.json({ resource: 'rule', operation: 'create', name: 'Low fuel', ...below('15'), actions });
	for (const [minutes, fuelLevel] of [20, 14, 30, 18].entries()) {
		await fleet.report({ vehicle: VIN, reportedAt: AT + minutes * 60_000, attributes: { fuelLevel } });
	}
});

describe('the proof of a rule', () => {
	it('is a backtest of the saved rule, and of a changed one beside it', async () => {
		const saved = await fleet.json({ resource: 'rule', operation: 'backtest', rule, try: 'saved' });
		expect(saved).toMatchObject([
			{
				from: null,
				to: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
				statuses: 4,
				fired: 1,
				actions: { storeLog: 1 },
				difference: null,
				days: [{ day: '2026-03-01', fired: 1 }],
				firings: [{ vehicle: 'B FL 1', openedAt: '2026-03-01T08:01:00.000Z' }],
			},
		]);
		await fleet.json({
			resource: 'rule',
			operation: 'update',
			rule,
			change: 'parts',
			parts: ['conditions'],
			...below('20'),
		});
		const earlier = { resource: 'rule', operation: 'backtest', rule, try: 'version', version: 1 };
		expect(await fleet.json(earlier)).toMatchObject([
			{
				fired: 1,
				difference: { savedVersion: 2, savedFired: 2, inBoth: 1, onlyBefore: [{ vehicle: 'B FL 1' }] },
			},
		]);
		await expect(fleet.json({ ...earlier, version: '' })).rejects.toThrow('No version is chosen');
	});

	it('lists, compares and restores versions', async () => {
		expect(await fleet.json({ resource: 'rule', operation: 'getVersions', rule })).toMatchObject([
			{ version: 2, isCurrent: true, changed: ['pattern'] },
			{ version: 1, isCurrent: false },
		]);
		const compare = { resource: 'rule', operation: 'compareVersions', rule, before: 1, after: 2 };
		expect(await fleet.json(compare)).toMatchObject([{ differences: [{ field: 'pattern' }] }]);
		expect(
			await fleet.json({ resource: 'rule', operation: 'restoreVersion', rule, version: 1 }),
		).toMatchObject([{ version: 3, pattern: { value: 15 } }]);
	});

	it('explains how a vehicle stands', async () => {
		const explain = { resource: 'rule', operation: 'explain', rule, vehicle: byKey('B FL 1') };
		const [explained] = await fleet.json(explain);
		expect(explained).toMatchObject({ met: false, vehicle: 'B FL 1' });
		expect(explained?.text).toMatch(/^✗ fuelLevel is less than 15 \(.*18.*\)$/);
	});

	it('tries an earlier version on the live feed, and adopts it', async () => {
		const start = { resource: 'rule', operation: 'startTrial', rule, try: 'version', version: 2 };
		expect(await fleet.json(start)).toMatchObject([{ shadowOf: 1, pattern: { value: 20 } }]);
		await fleet.report({ vehicle: VIN, reportedAt: Date.now(), attributes: { fuelLevel: 17 } });
		expect(await fleet.json({ resource: 'rule', operation: 'compareTrial', rule })).toMatchObject([
			{ saved: { fired: 0 }, trial: { fired: 1 } },
		]);
		expect(await fleet.json({ resource: 'rule', operation: 'adoptTrial', rule })).toMatchObject([
			{ version: 4, pattern: { value: 20 } },
		]);
		await expect(fleet.json({ resource: 'rule', operation: 'stopTrial', rule })).rejects.toThrow(
			'has no trial',
		);
	});

	it('goes out as a file and comes in again', async () => {
		const [file] = await fleet.json({ resource: 'rule', operation: 'export', format: 'yaml' });
		expect(file).toMatchObject({ count: 1, fileName: 'rules.rule.yaml' });
		const text = (file?.text as string).replace('Low fuel', 'Lower fuel');
		const importing = { resource: 'rule', operation: 'import', source: 'text', text };
		expect(await fleet.json({ ...importing, dryRun: true })).toMatchObject([
			{ rules: [{ name: 'Lower fuel', outcome: 'created' }], refused: [] },
		]);
		await fleet.json({ ...importing, dryRun: false });
		const names = (await fleet.json({ resource: 'rule', operation: 'getAll', returnAll: true })).map(
			({ name }) => name,
		);
		expect(names).toEqual(['Low fuel', 'Lower fuel']);
	});

	it('begins with a template', async () => {
		const make = {
			resource: 'rule',
			operation: 'createFromTemplate',
			template: 'low-fuel',
			name: 'Tanks',
			enabled: false,
		};
		expect(await fleet.json(make)).toMatchObject([{ name: 'Tanks', enabled: false }]);
		await expect(fleet.json({ ...make, template: 'low-fual' })).rejects.toThrow(
			"There is no rule template 'low-fual'",
		);
	});
});
