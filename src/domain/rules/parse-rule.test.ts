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
		['fire.on', rule({ fire: { on: 'edges' } }), "'edges'", /'edge'/],
		['fire.cooldownSeconds', rule({ fire: { cooldownSeconds: -1 } }), '-1', /3600 is an hour/],
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
