import { parseRuleFields } from '../domain/rules/parse-rule';
import { ruleFromFields, type ConditionRow, type RuleForm } from './rule-from-fields';

const locator = (value: string, mode = 'list') => ({ __rl: true, mode, value });

const fuelLow: ConditionRow = { attribute: locator('fuelLevel'), operator: 'lt', value: '15' };
const idle: ConditionRow = { attribute: locator('engine', 'name'), operator: 'eq', value: 'idle' };

const patternOf = (form: RuleForm) => ruleFromFields(form).pattern;
const ofRow = (row: ConditionRow) => patternOf({ conditions: [row] });

describe('one condition', () => {
	it.each<[string, ConditionRow, unknown]>([
		['eq', { operator: 'eq', value: 'true' }, true],
		['ne', { operator: 'ne', value: '"7"' }, '7'],
		['lt', { operator: 'lt', value: '15', low: 'left over' }, 15],
		['gte', { operator: 'gte', value: 12.5 }, 12.5],
		['between', { operator: 'between', low: '-5', high: '30' }, [-5, 30]],
		['in', { operator: 'in', values: 'idle, 3, true' }, ['idle', 3, true]],
		['contains', { operator: 'contains', value: ' 15 ' }, '15'],
	])('%s has its value typed', (operator, row, value) => {
		expect(ofRow({ attribute: 'a', ...row })).toEqual({ attribute: 'a', operator, value });
	});

	it.each(['exists', 'missing'] as const)('%s needs no value', (operator) => {
		expect(ofRow({ attribute: ' a ', operator, value: 'left over' })).toEqual({ attribute: 'a', operator });
	});

	it.each<[string, ConditionRow]>([
		['Condition 1 has no attribute', { attribute: locator(''), operator: 'exists' }],
		['Condition 1 has no value to compare with', { attribute: 'a', operator: 'eq', value: ' ' }],
		['Condition 1 has no value to compare with', { attribute: 'a', operator: 'lt' }],
		['Condition 1 has no value to compare with', { attribute: 'a', operator: 'in', values: ' , ' }],
		["Condition 1 compares with '15 %', which is not a number", { ...fuelLow, value: '15 %' }],
		["Condition 1 compares with 'true', which is not a number", { ...fuelLow, value: true }],
		['Condition 1 has no value to compare with', { attribute: 'a', operator: 'between', low: '1' }],
	])('says: %s', (message, row) => {
		expect(() => ofRow(row)).toThrow(message);
	});
});

describe('conditions together', () => {
	const low = { attribute: 'fuelLevel', operator: 'lt', value: 15 };
	const isIdle = { attribute: 'engine', operator: 'eq', value: 'idle' };

	it.each([
		['all', { all: [low, isIdle] }],
		['any', { any: [low, isIdle] }],
		['none', { not: { any: [low, isIdle] } }],
	] as const)('match %s', (match, pattern) => {
		expect(patternOf({ match, conditions: [fuelLow, idle] })).toEqual(pattern);
	});

	it('are a lone condition, or its opposite, when there is one', () => {
		expect(patternOf({ match: 'any', conditions: [fuelLow] })).toEqual(low);
		expect(patternOf({ match: 'none', conditions: [fuelLow] })).toEqual({ not: low });
	});

	it('stand beside groups with a match of their own', () => {
		const groups = [
			{ match: 'any', conditions: { row: [fuelLow, idle] } },
			{ match: 'none', conditions: { row: [idle, fuelLow] } },
		] as const;
		expect(patternOf({ match: 'all', conditions: [fuelLow], groups })).toEqual({
			all: [low, { any: [low, isIdle] }, { not: { any: [isIdle, low] } }],
		});
	});

	it('may be in groups only', () => {
		expect(patternOf({ conditions: [], groups: [{ conditions: { row: [idle] } }] })).toEqual(isIdle);
	});

	it.each<[string, RuleForm]>([
		['The rule has no condition', { conditions: [] }],
		['Group 2 has no condition', { groups: [{ conditions: { row: [idle] } }, { conditions: {} }] }],
		['Group 1, condition 2 has no attribute', { groups: [{ conditions: { row: [idle, {}] } }] }],
	])('say: %s', (message, form) => {
		expect(() => patternOf(form)).toThrow(message);
	});
});

describe('the rest of a rule', () => {
	it('leaves out what is not given, so that an update keeps it', () => {
		expect(ruleFromFields({ name: 'New name' })).toEqual({ name: 'New name' });
	});

	it('takes the pattern as JSON instead of the rows', () => {
		const pattern = { not: { attribute: 'a', operator: 'exists' } };
		expect(patternOf({ conditions: [], pattern: JSON.stringify(pattern) })).toEqual(pattern);
		expect(patternOf({ pattern })).toEqual(pattern);
		expect(() => patternOf({ pattern: '{ "all": ' })).toThrow(/^Pattern \(JSON\) cannot be read: /);
	});

	it('keeps the fields of each action that its type has', () => {
		const stale = {
			to: 'a@example.com',
			subject: 's',
			text: 't',
			message: 'm',
			title: 'x',
			description: ' ',
		};
		const actions = ruleFromFields({
			actions: [
				{ type: 'sendEmail', ...stale },
				{ type: 'storeLog', ...stale },
				{ type: 'createTask', ...stale },
			],
		}).actions;
		expect(actions).toEqual([
			{ type: 'sendEmail', to: 'a@example.com', subject: 's', text: 't' },
			{ type: 'storeLog', message: 'm' },
			{ type: 'createTask', title: 'x' },
		]);
	});

	it('passes the checks of the domain', () => {
		const fields = ruleFromFields({
			name: 'Low fuel',
			severity: 'critical',
			enabled: true,
			scope: { vehicles: 'customer', customerId: 7 },
			match: 'any',
			conditions: [fuelLow, idle],
			cooldownSeconds: 3600,
			actions: [{ type: 'createTask', title: 'Refuel {{vehicle.plate}}' }],
		});
		expect(parseRuleFields(fields)).toEqual({
			name: 'Low fuel',
			severity: 'critical',
			enabled: true,
			scope: { vehicles: 'customer', customerId: 7 },
			pattern: {
				any: [
					{ attribute: 'fuelLevel', operator: 'lt', value: 15 },
					{ attribute: 'engine', operator: 'eq', value: 'idle' },
				],
			},
			fire: { on: 'edge', cooldownSeconds: 3600 },
			actions: [{ type: 'createTask', title: 'Refuel {{vehicle.plate}}' }],
		});
	});
});
