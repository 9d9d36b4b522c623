import { parseRuleFields } from '../../domain/rules/parse-rule';
import type { ConditionRow, RuleForm } from './rule-form';
import { ruleFromFields } from './rule-from-fields';

const locator = (value: string, mode = 'list') => ({ __rl: true, mode, value });

const fuelLow: ConditionRow = { attribute: locator('fuelLevel'), operator: 'lt', value: '15' };
const idle: ConditionRow = { attribute: locator('engine', 'name'), operator: 'eq', value: 'idle' };

const patternOf = (form: RuleForm) => ruleFromFields(form).pattern;
const ofRow = (row: ConditionRow) => patternOf({ conditions: { row: [row] } });

describe('one condition', () => {
	it.each<[string, ConditionRow, unknown]>([
		['eq', { operator: 'eq', value: 'true' }, true],
		['ne', { operator: 'ne', value: '"7"' }, '7'],
		['lt', { operator: 'lt', value: '15', low: 'left over' }, 15],
		['gte', { operator: 'gte', value: 12.5 }, 12.5],
		['between', { operator: 'between', low: '-5', high: '30' }, [-5, 30]],
		['in', { operator: 'in', values: 'idle, 3, true' }, ['idle', 3, true]],
		['in', { operator: 'in', values: '["a, b", 3]' }, ['a, b', 3]],
		['contains', { operator: 'contains', value: ' 15 ' }, '15'],
		['matches', { operator: 'matches', value: '" P0[0-9]+"' }, ' P0[0-9]+'],
		['withinDays', { operator: 'withinDays', value: '14' }, 14],
		['crossesBelow', { operator: 'crossesBelow', value: '20' }, 20],
	])('%s has its value typed', (operator, row, value) => {
		expect(ofRow({ attribute: 'a', ...row })).toEqual({ attribute: 'a', operator, value });
	});

	it.each(['exists', 'missing'] as const)('%s needs no value', (operator) => {
		expect(ofRow({ attribute: ' a ', operator, value: 'left over' })).toEqual({ attribute: 'a', operator });
	});

	it.each<[string, ConditionRow]>([
		['Condition 1 has no attribute', { attribute: locator(''), operator: 'exists' }],
		['Condition 1 has no value to compare with', { attribute: 'a', operator: 'eq', value: ' ' }],
		['Condition 1 has no attribute', {}],
		['Condition 1 has no value to compare with', { attribute: 'a', operator: 'lt' }],
		['Condition 1 has no value to compare with', { attribute: 'a', operator: 'in', values: ' , ' }],
		["Condition 1 compares with '15 %', which is not a number", { ...fuelLow, value: '15 %' }],
		["Condition 1 compares with 'true', which is not a number", { ...fuelLow, value: true }],
		['Condition 1 has no value to compare with', { attribute: 'a', operator: 'between', low: '1' }],
	])('says: %s', (message, row) => {
		expect(() => ofRow(row)).toThrow(message);
	});
});

describe('the rest of a rule', () => {
	it('leaves out what is not given, so that an update keeps it', () => {
		expect(ruleFromFields({ name: 'New name' })).toEqual({ name: 'New name' });
	});

	it('takes the pattern as JSON instead of the rows', () => {
		const pattern = { not: { attribute: 'a', operator: 'exists' } };
		expect(patternOf({ conditions: {}, options: { pattern: JSON.stringify(pattern) } })).toEqual(pattern);
		expect(patternOf({ options: { pattern } })).toEqual(pattern);
		expect(() => patternOf({ options: { pattern: '{ "all": ' } })).toThrow(
			/^Pattern \(JSON\) cannot be read: /,
		);
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
			actions: {
				action: [
					{ type: 'sendEmail', ...stale },
					{ type: 'storeLog', on: 'cleared', ...stale },
					{ type: 'createTask', on: 'fired', completeOnClear: true, ...stale },
				],
			},
		}).actions;
		expect(actions).toEqual([
			{ type: 'sendEmail', to: 'a@example.com', subject: 's', text: 't' },
			{ type: 'storeLog', on: 'cleared', message: 'm' },
			{ type: 'createTask', title: 'x', completeOnClear: true },
		]);
	});

	it('passes the checks of the domain', () => {
		const fields = ruleFromFields({
			name: 'Low fuel',
			severity: 'critical',
			options: { enabled: true },
			watches: 'customer',
			customer: locator('7', 'id'),
			match: 'any',
			conditions: { row: [fuelLow, idle] },
			cooldownSeconds: 3600,
			actions: { action: [{ type: 'createTask', title: 'Refuel {{vehicle.plate}}' }] },
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
