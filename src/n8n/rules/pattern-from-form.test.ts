import type { ConditionGroup, ConditionRow, Conditions, RuleForm } from './rule-form';
import { ruleFromFields } from './rule-from-fields';

const locator = (value: string, mode = 'list') => ({ __rl: true, mode, value });

const fuelLow: ConditionRow = { attribute: locator('fuelLevel'), operator: 'lt', value: '15' };
const idle: ConditionRow = { attribute: locator('engine', 'name'), operator: 'eq', value: 'idle' };

const patternOf = (form: RuleForm) => ruleFromFields(form).pattern;
const ofGroups = (...group: ConditionGroup[]) => patternOf({ conditions: {}, groups: { group } });

describe('further kinds of conditions', () => {
	const other = { attribute: 'speed', operator: 'gt' } as const;

	it.each<[string, Conditions, unknown]>([
		[
			'another attribute',
			{
				row: [
					{ ...other, compareWith: 'attribute', other: locator('targetSpeed'), factor: 1.1, value: 'stale' },
				],
			},
			{ ...other, value: { attribute: 'targetSpeed', times: 1.1 } },
		],
		[
			'a value entered for the vehicle',
			{
				row: [
					{ ...other, compareWith: 'record', other: 'speedLimit', otherDefault: '80', plus: 5, unit: 'mph' },
				],
			},
			{ ...other, value: { record: 'speedLimit', default: 80, plus: 5 }, unit: 'mph' },
		],
		[
			'how long and how often',
			{ row: [{ ...other, value: '90', forSeconds: 30, times: 3, withinSeconds: 3600, countReports: true }] },
			{
				count: { holds: { ...other, value: 90 }, forSeconds: 30 },
				times: 3,
				withinSeconds: 3600,
				of: 'reports',
			},
		],
		[
			'a geofence that is left',
			{
				geofence: [{ where: 'exits', by: 'geofence', geofence: locator('Yard'), tag: 'stale', negate: true }],
			},
			{ not: { exits: { geofence: 'Yard' } } },
		],
		[
			'a tag to stay at',
			{ geofence: [{ where: 'dwells', by: 'tag', tag: ' station ', dwellSeconds: 900 }] },
			{ dwells: { tag: 'station', forSeconds: 900 } },
		],
		[
			'silence',
			{ silence: [{ silentSeconds: 21600, attribute: locator('') }] },
			{ absent: { forSeconds: 21600 } },
		],
		[
			'a window',
			{
				window: [
					{
						aggregate: 'distance',
						attribute: 'stale',
						overSeconds: 60,
						operator: 'between',
						low: 1,
						high: 2,
					},
				],
			},
			{ aggregate: 'distance', withinSeconds: 60, operator: 'between', value: [1, 2] },
		],
		[
			'a schedule',
			{ schedule: [{ days: ['sat', 'sun'], from: ' 22:00', to: '', notOnDates: '2026-12-25, 2026-12-26' }] },
			{ schedule: { days: ['sat', 'sun'], from: '22:00', notOnDates: ['2026-12-25', '2026-12-26'] } },
		],
	])('say %s', (_, conditions, pattern) => {
		expect(patternOf({ conditions })).toEqual(pattern);
	});

	it.each<[string, Conditions]>([
		['Geofence 2 has no geofence', { geofence: [{ by: 'tag', tag: 'a' }, {}] }],
		['Condition 1 counts times, but not within what time', { row: [{ ...other, value: 1, times: 2 }] }],
		['Condition 1 does not say which attribute', { row: [{ ...other, compareWith: 'attribute' }] }],
	])('are refused: %s', (message, conditions) => {
		expect(() => patternOf({ conditions })).toThrow(message);
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
		expect(patternOf({ match, conditions: { row: [fuelLow, idle] } })).toEqual(pattern);
	});

	it('are a lone condition, or its opposite, when there is one', () => {
		expect(patternOf({ match: 'any', conditions: { row: [fuelLow] } })).toEqual(low);
		expect(patternOf({ match: 'none', conditions: { row: [fuelLow] } })).toEqual({ not: low });
	});

	it('stand beside groups with a match of their own', () => {
		const group = [
			{ match: 'any', conditions: { row: [fuelLow, idle] } },
			{ match: 'none', conditions: { row: [idle, fuelLow] } },
		] as const;
		expect(patternOf({ match: 'all', conditions: { row: [fuelLow] }, groups: { group } })).toEqual({
			all: [low, { any: [low, isIdle] }, { not: { any: [isIdle, low] } }],
		});
	});

	it('may be in groups only', () => {
		expect(ofGroups({ conditions: { row: [idle] } })).toEqual(isIdle);
	});

	it('nest to any depth by the names of the groups', () => {
		const pattern = ofGroups(
			{ name: 'Outer', match: 'any', conditions: { row: [fuelLow] }, forSeconds: 60 },
			{ name: 'Middle', partOf: 'Outer', match: 'none', conditions: {} },
			{ partOf: 'Middle', conditions: { row: [idle, fuelLow] } },
		);
		expect(pattern).toEqual({ holds: { any: [low, { not: { all: [isIdle, low] } }] }, forSeconds: 60 });
	});

	it('follow one another, where the second counts only there', () => {
		const pattern = ofGroups(
			{ name: 'Opened', conditions: { row: [fuelLow] }, then: 'Closed', thenSeconds: 120, thenNot: true },
			{ name: 'Closed', conditions: { row: [idle] } },
		);
		expect(pattern).toEqual({ first: low, thenNot: isIdle, withinSeconds: 120 });
	});

	it.each<[string, ConditionGroup[]]>([
		['Group 2 has no condition', [{ conditions: { row: [idle] } }, { conditions: {} }]],
		['Group 1, condition 2 has no attribute', [{ conditions: { row: [idle, { value: '1' }] } }]],
		["Two groups are called 'A'", [{ name: 'A', conditions: { row: [idle] } }, { name: ' A ' }]],
		["Group 1 is part of 'B', which is no group", [{ partOf: 'B', conditions: { row: [idle] } }]],
		[
			'A is part of itself',
			[
				{ name: 'A', partOf: 'B', conditions: { row: [idle] } },
				{ name: 'B', partOf: 'A', conditions: { row: [idle] } },
			],
		],
		[
			"A names 'C', which is no group",
			[{ name: 'A', conditions: { row: [idle] }, then: 'C', thenSeconds: 1 }],
		],
	])('say: %s', (message, group) => {
		expect(() => ofGroups(...group)).toThrow(message);
	});

	it('say that there are none', () => {
		expect(() => patternOf({ conditions: { row: [] } })).toThrow('The rule has no condition');
	});
});
