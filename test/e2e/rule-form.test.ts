import { byKey } from '../../scripts/demo/fleet-desk.mjs';
import { describeWith } from '../lib/services/describe-with';
import { START_WITHIN_MS, startFleet, type RunningFleet } from './lib/start-fleet';
import { type FormPages, openFormPages } from './tools/form-pages';

const FORM = 'fleet-rules';
const VIN = '1M8GDM9AXKP042788';
const ABOUT = 'What do you want to do?';

/** Nothing on the way to the form and back may take a part of it for a pattern. */
const TITLE = 'Charge {{vehicle.plate}} for $$5 $&';

const attribute = (value: string) => ({ __rl: true, mode: 'name', value });

describeWith('chromium', 'rules by form pages', () => {
	let fleet: RunningFleet;
	let form: FormPages;

	beforeAll(async () => {
		fleet = await startFleet();
		form = await openFormPages(fleet.n8n);
		await fleet.desk.fleet('vehicle', 'create', { vin: VIN, plate: 'B FL 1' });
	}, START_WITHIN_MS);

	afterAll(async () => {
		await form?.close();
		await fleet?.stop();
	}, START_WITHIN_MS);

	async function begin(what: string, untilText: string): Promise<string> {
		await form.open(FORM);
		await form.fill(ABOUT, what);
		return await form.submit(untilText);
	}

	async function beginWith(what: string, rule: string, untilText: string): Promise<string> {
		await begin(what, 'Continue');
		await form.page.getByLabel('Rule').waitFor();
		await form.fill('Rule', rule);
		return await form.submit(untilText);
	}

	const ruleCalled = async (name: string) =>
		(await fleet.desk.fleet('rule', 'get', { rule: byKey(name) }))[0];

	it('asks for a login', async () => {
		const response = await fetch(new URL(`/form/${FORM}`, fleet.host.url));
		expect(response.status).toBe(401);
	});

	it('gives a wrong rule back with the field named, and takes it once it is right', async () => {
		await begin('Add a rule', 'When it fires');
		await form.fill('Name', 'Low battery');
		await form.fill('Condition 1: attribute', 'latitude');
		await form.fill('Condition 1: comparison', 'Is Less Than');
		await form.fill('Condition 1: value', 'ten');
		await form.fill('Condition 1: for (minutes)', '10');
		await form.fill('Task title', TITLE);
		await form.fill('Vehicle to test against', VIN);
		expect(await form.submit('Not saved')).toContain(
			"Condition 1 compares with 'ten', which is not a number",
		);
		expect(await form.valueOf('Condition 1: for (minutes)')).toBe('10');
		await form.fill('Condition 1: value', '10');
		const saved = await form.submit('Low battery is saved');
		expect(saved).toContain('latitude is less than 10 for 10 minutes');
		expect(saved).toContain('for $$5 $&');
		expect(saved).toContain(`It could not be tested: The vehicle '${VIN}' has not reported yet`);
		expect(await ruleCalled('Low battery')).toMatchObject({
			pattern: { holds: { attribute: 'latitude', operator: 'lt', value: 10 }, forSeconds: 600 },
			actions: [{ type: 'createTask', title: TITLE }],
		});
	});

	it('changes a rule that was made in the editor, and keeps what it cannot show', async () => {
		const engine = { attribute: attribute('engine'), operator: 'eq', value: 'on' };
		await fleet.desk.fleet('rule', 'create', {
			name: 'Nested',
			conditions: { row: [{ attribute: attribute('speed'), operator: 'between', low: '5', high: '50' }] },
			groups: { group: [{ match: 'none', conditions: { row: [engine, { ...engine, value: 'idle' }] } }] },
			actions: { action: [{ type: 'storeLog', message: 'ended', on: 'cleared' }] },
			cooldownSeconds: 600,
			options: { clearAfterSeconds: 900 },
		});
		expect(await beginWith('Change a rule', 'Nested', 'As it is now')).toContain('speed is between 5 and 50');
		expect(await form.valueOf('Condition 1: value')).toBe('5 to 50');
		expect(await form.valueOf('Quiet after firing (minutes)')).toBe('10');
		await form.fill('Condition 1: value', '5 to 60');
		await form.submit('Nested is saved');
		expect(await ruleCalled('Nested')).toMatchObject({
			version: 2,
			pattern: {
				all: [
					{ attribute: 'speed', operator: 'between', value: [5, 60] },
					{ not: { any: [{ attribute: 'engine' }, { attribute: 'engine', value: 'idle' }] } },
				],
			},
			fire: { cooldownSeconds: 600, clearAfterSeconds: 900 },
			actions: [{ type: 'storeLog', message: 'ended', on: 'cleared' }],
		});
	});

	it('begins a rule with a template', async () => {
		await begin('Start from a template', 'Continue');
		await form.page.getByLabel('Template').waitFor();
		await form.fill('Template', 'Overspeed');
		await form.submit('As it is now');
		await form.fill('Name', 'Our limit');
		await form.submit('Our limit is saved');
		expect(await ruleCalled('Our limit')).toMatchObject({ version: 1, enabled: true });
	});

	it('disables, enables and tests a rule', async () => {
		await beginWith('Disable a rule', 'Nested', 'Nested is disabled');
		expect(await ruleCalled('Nested')).toMatchObject({ enabled: false });
		await beginWith('Enable a rule', 'Nested (disabled)', 'Nested is enabled');
		expect(await ruleCalled('Nested')).toMatchObject({ enabled: true });
		await begin('Test a rule', 'Continue');
		await form.page.getByLabel('Vehicle').waitFor();
		await form.fill('Rule', 'Nested');
		await form.fill('Vehicle', 'B FL 1');
		expect(await form.submit('That was not possible')).toContain('has not reported yet');
	});
});
