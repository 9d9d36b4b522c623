import { DuplicateRecordError, RecordNotFoundError, UnknownTemplateError } from '../../src/app/errors';
import { createCustomer } from '../../src/app/records/customers';
import { createGeofence, listGeofences } from '../../src/app/records/geofences';
import { createRule, getRule, listRules } from '../../src/app/records/rules';
import { createVehicle } from '../../src/app/records/vehicles';
import { exportRules } from '../../src/app/rules/export-rules';
import { importRules } from '../../src/app/rules/import-rules';
import { createRuleFromTemplate } from '../../src/app/rules/rule-templates';
import { InvalidFieldError } from '../../src/domain/errors';
import { parseRuleFile } from '../../src/domain/rule-files/parse-rule-file';
import { ruleTemplates } from '../../src/domain/rule-files/rule-templates';
import { openRecordsFleet } from './records-fleet';
import type { RecordsFleet } from './records-fleet';
import { ruleInput } from './records-rule-input';

const circle = { type: 'circle', center: [13.4, 52.5], radiusMeters: 100 };
const inYard = { inside: { geofence: 'Yard' } };

describe('rule files', () => {
	let fleet: RecordsFleet;
	let other: RecordsFleet;
	beforeEach(async () => {
		[fleet, other] = await Promise.all([openRecordsFleet(), openRecordsFleet()]);
	});
	afterEach(async () => {
		await fleet.close();
		await other.close();
	});

	/** Ids differ between the two fleets. */
	async function fillBoth(): Promise<void> {
		await createVehicle(other, { plate: 'X 1' });
		for (const one of [fleet, other]) {
			await createVehicle(one, { plate: 'A 1' });
			await createCustomer(one, { name: 'ACME' });
		}
	}

	it('carry rules and their geofences to another fleet, by names', async () => {
		await fillBoth();
		await createGeofence(fleet, { name: 'Yard', shape: circle });
		await createGeofence(fleet, { name: 'Ramp', tags: ['customer'], shape: circle });
		await createGeofence(fleet, { name: 'Unused', shape: circle });
		const clear = { attribute: 'fuelLevel', operator: 'gt', value: 20 };
		await createRule(fleet, ruleInput({ scope: { vehicles: 'vehicle', vehicleId: 1 }, clear }));
		const customers = { vehicles: 'customer', customerId: 1 };
		await createRule(fleet, ruleInput({ name: 'In yard', pattern: inYard, scope: customers }));
		const dwells = { dwells: { tag: 'customer', forSeconds: 60 } };
		await createRule(fleet, ruleInput({ name: 'Waits', pattern: dwells, enabled: false }));

		const exported = await exportRules(fleet);
		expect(exported).toMatchObject({ count: 3, skipped: [] });
		expect(exported.text).toContain('scope: { vehicle: A 1 }');
		expect(exported.text).not.toMatch(/Id:|version|createdAt/);
		const taken = await importRules(other, exported.text);
		expect(taken.refused).toEqual([]);
		expect(taken.rules.map(({ name, outcome, version }) => [name, outcome, version])).toEqual([
			['In yard', 'created', 1],
			['Low fuel', 'created', 1],
			['Waits', 'created', 1],
		]);
		expect(taken.geofences.map(({ name }) => name)).toEqual(['Ramp', 'Yard']);
		expect((await getRule(other, { key: 'Low fuel' })).scope).toEqual({ vehicles: 'vehicle', vehicleId: 2 });
		expect((await exportRules(other)).text).toBe(exported.text);
	});

	it('make new versions of what has changed only', async () => {
		await createRule(fleet, ruleInput());
		await createRule(fleet, ruleInput({ name: 'Other', clear: { attribute: 'a', operator: 'missing' } }));
		const { text } = await exportRules(fleet);
		const outcomes = async (changed: string) => {
			const { rules, refused } = await importRules(fleet, changed);
			expect(refused).toEqual([]);
			return rules.map(({ name, outcome, version }) => [name, outcome, version]);
		};
		expect(await outcomes(text)).toEqual([
			['Low fuel', 'unchanged', 1],
			['Other', 'unchanged', 1],
		]);
		const without = text.replace(/^ +clear: .*\n/m, '');
		expect(without).not.toBe(text);
		expect(await outcomes(without)).toEqual([
			['Low fuel', 'unchanged', 1],
			['Other', 'updated', 2],
		]);
		expect((await getRule(fleet, { key: 'Other' })).clear).toBeUndefined();
	});

	it('are taken but for what is wrong, which is told with its place', async () => {
		const text = `rules:
  - name: Good
    pattern: { attribute: fuelLevel, operator: lt, value: 15 }
  - name: Of nobody
    scope: { vehicle: Z 9 }
    pattern: { attribute: fuelLevel, operator: lt, value: 15 }
  - name: Wrong
    pattern: { attribute: fuelLevel, operator: lt, value: low }
`;
		const dry = await importRules(fleet, text, { dryRun: true });
		expect(await listRules(fleet)).toEqual([]);
		const taken = await importRules(fleet, text);
		expect(taken).toEqual(dry);
		expect(taken.rules).toMatchObject([{ name: 'Good', outcome: 'created' }]);
		expect(taken.refused).toMatchObject([
			{ name: 'Wrong', line: 8, field: 'rules[2].pattern.value' },
			{ name: 'Of nobody', line: 4, field: 'scope', reason: "There is no vehicle 'Z 9'" },
		]);
		expect((await listRules(fleet)).map(({ name }) => name)).toEqual(['Good']);
		expect(await listGeofences(fleet)).toEqual([]);
	});

	it('leave out, with a reason, a rule of a customer that no name tells apart', async () => {
		await createCustomer(fleet, { name: 'Miller' });
		await createCustomer(fleet, { name: 'Miller' });
		await createRule(fleet, ruleInput({ scope: { vehicles: 'customer', customerId: 1 } }));
		await createRule(fleet, ruleInput({ name: 'Other' }));
		const { text, skipped } = await exportRules(fleet);
		expect(skipped).toMatchObject([{ name: 'Low fuel', reason: expect.stringContaining('More than one') }]);
		expect(parseRuleFile(text).file.rules.map(({ name }) => name)).toEqual(['Other']);
		const only = await exportRules(fleet, { rules: [{ key: 'Other' }] });
		expect(only).toMatchObject({ text, count: 1, skipped: [] });
		await expect(exportRules(fleet, { rules: [{ key: 'Nope' }] })).rejects.toThrow(RecordNotFoundError);
	});

	it('begin as templates, each of which the store takes and a file gives back', async () => {
		for (const { name } of ruleTemplates()) await createRuleFromTemplate(fleet, name);
		const { text, count } = await exportRules(fleet);
		expect(count).toBe(ruleTemplates().length);
		const { rules } = await importRules(fleet, text);
		expect(new Set(rules.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
		await expect(createRuleFromTemplate(fleet, 'low-fuel')).rejects.toThrow(DuplicateRecordError);
		const changes = { name: 'Lower fuel', severity: 'critical', scope: undefined };
		const { record, warnings } = await createRuleFromTemplate(fleet, 'low-fuel', changes);
		expect(record).toMatchObject({ name: 'Lower fuel', severity: 'critical', scope: { vehicles: 'all' } });
		expect(warnings.join()).toContain('fuelLevel');
		await expect(createRuleFromTemplate(fleet, 'low-fuel', { severity: 'x' })).rejects.toThrow(
			InvalidFieldError,
		);
		const misspelt = createRuleFromTemplate(fleet, 'lowfuel');
		await expect(misspelt).rejects.toThrow(UnknownTemplateError);
		await expect(misspelt).rejects.toMatchObject({
			hint: expect.stringContaining("Did you mean 'low-fuel'?"),
		});
	});
});
