import fc from 'fast-check';
import { FleetError, InvalidFieldError } from '../errors';
import { parseRuleFields } from './parse-rule';
import { COMPARISON_OPERATORS } from './pattern';

const lowFuel = { attribute: 'fuelLevel', operator: 'lt', value: 15 };
const rule = (fields: Record<string, unknown> = {}) => ({ name: 'Low fuel', pattern: lowFuel, ...fields });

function refusal(input: unknown): InvalidFieldError {
	try {
		parseRuleFields(input);
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
	throw new Error('was not refused');
}

describe('parseRuleFields', () => {
	it('fills in what is left out', () => {
		expect(parseRuleFields(rule())).toEqual({
			name: 'Low fuel',
			severity: 'warning',
			enabled: true,
			scope: { vehicles: 'all' },
			pattern: lowFuel,
			fire: { on: 'edge', cooldownSeconds: 0 },
			actions: [],
		});
	});

	it('takes a whole rule back as it was read, without the store’s stamps', () => {
		const fields = {
			name: 'Low fuel',
			severity: 'critical',
			enabled: false,
			scope: { vehicles: 'customer', customerId: 4 },
			pattern: { all: [lowFuel, { not: { any: [{ attribute: 'a b', operator: 'exists' }] } }] },
			fire: { on: 'edge', cooldownSeconds: 3600 },
			actions: [
				{ type: 'sendEmail', to: 'a@example.com, {{customer.email}}', subject: 's', text: 'a\nb' },
				{ type: 'storeLog', message: '{{vehicle.plate}} has {{attributes.fuelLevel}} %' },
				{ type: 'createTask', title: 'Refuel', description: 'now' },
			],
		};
		expect(parseRuleFields({ id: 1, version: 2, createdAt: 3, updatedAt: 4, ...fields })).toEqual(fields);
	});

	it('takes everything that a rule can say', () => {
		const fields = {
			name: 'Low fuel',
			severity: 'warning',
			enabled: true,
			scope: { vehicles: 'tasks' },
			pattern: { holds: lowFuel, forSeconds: 600 },
			maxGapSeconds: 300,
			clear: { ...lowFuel, operator: 'gt', value: 20 },
			escalations: [
				{ severity: 'critical', when: { ...lowFuel, value: 5 } },
				{ severity: 'critical', afterSeconds: 3600 },
			],
			fire: {
				on: 'edge',
				cooldownSeconds: 3600,
				clearAfterSeconds: 86_400,
				maxPerDay: 3,
				remindEverySeconds: 1800,
				quietHours: { from: '22:00', to: '06:00' },
				timeZone: 'vehicle',
			},
			actions: [
				{ type: 'createTask', title: 'Refuel', completeOnClear: true },
				{ type: 'storeLog', on: 'escalated', message: 'x' },
				{ type: 'storeLog', on: 'cleared', message: 'y' },
			],
		};
		expect(parseRuleFields({ ...fields, shadowOf: null })).toStrictEqual(fields);
	});

	it('leaves out what is null or usual', () => {
		const fields = parseRuleFields(
			rule({
				maxGapSeconds: null,
				clear: null,
				escalations: [],
				fire: { on: null, cooldownSeconds: null, maxPerDay: null, quietHours: null },
				actions: [{ type: 'createTask', on: 'fired', title: 'x', completeOnClear: false }],
			}),
		);
		expect(fields).toStrictEqual({
			...parseRuleFields(rule()),
			actions: [{ type: 'createTask', title: 'x' }],
		});
	});

	it.each<[string, unknown, string, RegExp]>([
		['rule', [], 'a list, not an object', /^Give e\.g\./],
		['name', rule({ name: ' ' }), 'empty', /Give a name/],
		['name', rule({ name: 'x'.repeat(201) }), '201', /200/],
		['severity', rule({ severity: 'critcal' }), "'critcal'", /^Did you mean 'critical'\?/],
		['enabled', rule({ enabled: 'yes' }), 'text', /true or false/],
		['colour', rule({ colour: 1 }), "A rule has no field 'colour'", /^It can have: name, severity/],
		['actons', rule({ actons: [] }), "no field 'actons'", /^Did you mean 'actions'\?/],
		['scope.vehicles', rule({ scope: {} }), 'missing', /all, customer, vehicle, tasks/],
		['scope.customerId', rule({ scope: { vehicles: 'customer' } }), 'missing', /id of the record/],
		['scope.vehicleId', rule({ scope: { vehicles: 'vehicle', vehicleId: 1.5 } }), '1.5', /whole/],
		['scope.vehicleId', rule({ scope: { vehicles: 'all', vehicleId: 1 } }), 'no field', /vehicles/],
		['maxGapSeconds', rule({ maxGapSeconds: 0 }), '0 in', /whole seconds/],
		['clear', rule({ clear: lowFuel }), 'could never clear', /beyond the pattern/],
		['clear', rule({ clear: { ...lowFuel, value: 10 } }), 'could never clear', /beyond/],
		['clear.operator', rule({ clear: { attribute: 'fuelLevel' } }), 'missing', /eq/],
		[
			'escalations[0]',
			rule({ escalations: [{ severity: 'critical' }] }),
			'does not say when',
			/afterSeconds/,
		],
		[
			'escalations[0]',
			rule({ escalations: [{ severity: 'critical', when: lowFuel, afterSeconds: 5 }] }),
			'both',
			/two entries/,
		],
		['escalations[0].severity', rule({ escalations: [{ afterSeconds: 5 }] }), 'missing', /critical/],
		[
			'escalations[0].when.value',
			rule({ escalations: [{ severity: 'critical', when: { ...lowFuel, value: 'x' } }] }),
			"'x'",
			/number/,
		],
		['fire.cooldown', rule({ fire: { cooldown: 5 } }), "'cooldown'", /cooldownSeconds/],
		['fire.clearAfterSeconds', rule({ fire: { clearAfterSeconds: 0 } }), '0 in', /seconds/],
		['fire.maxPerDay', rule({ fire: { maxPerDay: 0 } }), '0 in', /how many/],
		['fire.remindEverySeconds', rule({ fire: { remindEverySeconds: -1 } }), '-1', /seconds/],
		['fire.quietHours.from', rule({ fire: { quietHours: { from: 'ten' } } }), "'ten'", /06:30/],
		[
			'fire.quietHours',
			rule({ fire: { quietHours: { from: '08:00', to: '08:00' } } }),
			'never end',
			/days of the week/,
		],
		['fire.timeZone', rule({ fire: { timeZone: 'Europe/Pariss' } }), 'Pariss', /'Europe\/Paris'/],
		[
			'clear',
			rule({ fire: { on: 'every' }, clear: { ...lowFuel, operator: 'gt' } }),
			'at every report',
			/'edge'/,
		],
		[
			'escalations[1].afterSeconds',
			rule({
				fire: { on: 'every' },
				escalations: [
					{ severity: 'critical', when: { ...lowFuel, value: 5 } },
					{ severity: 'critical', afterSeconds: 5 },
				],
			}),
			'nothing to act on',
			/cooldownSeconds/,
		],
		[
			'fire.remindEverySeconds',
			rule({ fire: { on: 'every', remindEverySeconds: 5 } }),
			'nothing to act on',
			/'edge'/,
		],
		[
			'actions[0].on',
			rule({ actions: [{ type: 'storeLog', on: 'escalated' }] }),
			'no escalations',
			/'cleared'/,
		],
		['fire.on', rule({ fire: { on: 'edges' } }), "'edges'", /'edge'/],
		['fire.cooldownSeconds', rule({ fire: { cooldownSeconds: -1 } }), '-1', /3600 an hour/],
		['fire.cooldownSeconds', rule({ fire: { cooldownSeconds: '60' } }), "'60'", /without quotes/],
		['fire.cooldownSeconds', rule({ fire: { cooldownSeconds: NaN } }), 'NaN', /seconds/],
	])('names %s', (field, input, message, hint) => {
		const error = refusal(input);
		expect(error.field).toBe(field);
		expect(error.message).toContain(message);
		expect(error.hint).toMatch(hint);
	});

	it('never throws anything but its own error', () => {
		const comparison = fc.record(
			{
				attribute: fc.anything(),
				operator: fc.constantFrom(...COMPARISON_OPERATORS, '<', 'x'),
				value: fc.anything(),
			},
			{ requiredKeys: [] },
		);
		const pattern = fc.letrec<{ part: unknown }>((tie) => ({
			part: fc.oneof(
				{ maxDepth: 4 },
				comparison,
				fc.anything(),
				fc.record({ all: fc.array(tie('part')) }),
				fc.record({ any: fc.array(tie('part')), not: tie('part') }, { requiredKeys: [] }),
			),
		})).part;
		const anyRule = fc.record(
			{ name: fc.constant('x'), pattern, actions: fc.anything(), scope: fc.anything() },
			{
				requiredKeys: ['name', 'pattern'],
			},
		);
		fc.assert(
			fc.property(fc.oneof(anyRule, fc.anything()), (input) => {
				try {
					parseRuleFields(input);
				} catch (error) {
					expect(error).toBeInstanceOf(FleetError);
				}
			}),
		);
		expect(refusal(null).field).toBe('rule');
	});
});
