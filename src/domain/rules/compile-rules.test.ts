import type { Attributes, AttributeValue } from '../attributes';
import { comparisonTest } from './comparison-test';
import { compileRules } from './compile-rules';
import type { RuleSet } from './compile-rules';
import type { Facts } from './facts';
import type { Comparison, Pattern, PlainPattern } from './pattern';
import { FENCES } from './testing/fences';
import { makeRule } from './testing/make-rule';

const NOW = Date.UTC(2026, 2, 1, 12);

function factsOf(attributes: Attributes, more: Partial<Facts> = {}): Facts {
	return {
		vehicleId: 1,
		customerId: null,
		attributes,
		position: null,
		at: NOW,
		vehicleAttributes: {},
		customerAttributes: {},
		...more,
	};
}

function foundIn(ruleSet: RuleSet, facts: Facts): number[] {
	const count = ruleSet.match(facts);
	return Array.from(ruleSet.found.subarray(0, count), (place) => ruleSet.rules[place]?.id ?? 0).sort(
		(a, b) => a - b,
	);
}

/** Asked alone, and among so many others that an index is used. */
function isMet(pattern: Pattern, attributes: Attributes, more: Partial<Facts> = {}): boolean {
	const fillers = Array.from({ length: 20 }, (_, i) =>
		makeRule({ id: i + 2, pattern: { attribute: 'a', operator: 'eq', value: `filler ${i}` } }),
	);
	const [alone, indexed] = [[], fillers].map((others) => {
		const rules = [makeRule({ pattern }), ...others];
		const ruleSet = compileRules({ rules, taskWatches: [], geofences: FENCES });
		return foundIn(ruleSet, factsOf(attributes, more)).includes(1);
	});
	expect(indexed).toBe(alone);
	return alone === true;
}

describe('operators', () => {
	it.each<[Comparison['operator'], Comparison['value'], AttributeValue[], AttributeValue[]]>([
		['eq', 5, [5], [4, '5', true]],
		['eq', 'on', ['on'], ['On', '', 1]],
		['eq', false, [false], [true, 0, 'false']],
		['eq', 0, [0, -0], ['0']],
		['ne', 5, [4, -5], [5, 'x', true]],
		['ne', 'on', ['off'], ['on', 1]],
		['lt', 15, [14.999, -1e300], [15, 16, '3', true]],
		['lt', 0, [-Number.MIN_VALUE], [0, -0]],
		['lt', -Number.MAX_VALUE, [], [-Number.MAX_VALUE, 0]],
		['lte', 15, [15, 14], [15.0000001, '15']],
		['gt', 15, [15.0000001], [15, 14, '16']],
		['gt', 0, [Number.MIN_VALUE], [0, -0, -1]],
		['gt', Number.MAX_VALUE, [], [Number.MAX_VALUE, 0]],
		['gte', 15, [15, 16], [14.999]],
		['between', [5, 10], [5, 7, 10], [4.999, 10.001, '7']],
		['between', [10, 5], [], [5, 7, 10]],
		['in', ['a', 2, true], ['a', 2, true], ['b', 3, false, '2']],
		['contains', 'Err', ['error 7', 'an ERR'], ['er', 5, true]],
		['matches', '^P0[0-9]{3}$', ['P0420'], ['xP0420', 'P04200', 420]],
		['matches', 'b+', ['abbc'], ['ac', true]],
		['matches', '(', [], ['(', 'a']],
		['withinDays', 30, ['2026-03-31', '2026-03-31T12:00:00Z', '2020-01-01'], ['2026-04-01', 'soon', 5]],
		['exists', undefined, [0, '', false], []],
	])('%s %j', (operator, value, met, notMet) => {
		const comparison: Comparison = { attribute: 'a', operator, ...(value === undefined ? {} : { value }) };
		const test = comparisonTest(comparison);
		for (const [values, expected] of [
			[met, true],
			[notMet, false],
		] as const) {
			for (const actual of values) {
				expect([actual, isMet(comparison, { a: actual })]).toEqual([actual, expected]);
				expect([actual, isMet({ not: comparison }, { a: actual })]).toEqual([actual, !expected]);
				expect([actual, test(factsOf({ a: actual }))]).toEqual([actual, expected]);
			}
		}
		expect(isMet(comparison, { other: 1 })).toBe(false);
	});

	it('missing is met only by what was never reported', () => {
		expect(isMet({ attribute: 'a', operator: 'missing' }, { b: 1 })).toBe(true);
		expect(isMet({ attribute: 'a', operator: 'missing' }, { a: 0 })).toBe(false);
		expect(isMet({ attribute: 'constructor', operator: 'missing' }, {})).toBe(true);
	});

	it('joins by all, any and not', () => {
		const low: PlainPattern = { attribute: 'fuel', operator: 'lt', value: 15 };
		const moving: PlainPattern = { attribute: 'speed', operator: 'gt', value: 0 };
		expect(isMet({ all: [low, moving] }, { fuel: 10, speed: 5 })).toBe(true);
		expect(isMet({ all: [low, moving] }, { fuel: 10, speed: 0 })).toBe(false);
		expect(isMet({ any: [low, moving] }, { speed: 5 })).toBe(true);
		expect(isMet({ any: [low, moving] }, { fuel: 50, speed: 0 })).toBe(false);
		expect(isMet({ not: low }, {})).toBe(true);
		expect(isMet({ not: { any: [low, { not: moving }] } }, { fuel: 20, speed: 1 })).toBe(true);
		expect(isMet({ all: [] }, {})).toBe(true);
		expect(isMet({ any: [] }, { fuel: 1 })).toBe(false);
	});
});

describe('what is compared with', () => {
	const above = (value: Comparison['value'], more: Partial<Comparison> = {}): Comparison => ({
		attribute: 'speed',
		operator: 'gt',
		...(value === undefined ? {} : { value }),
		...more,
	});

	it('can be another attribute, times and plus', () => {
		const pattern = above({ attribute: 'limit', times: 1.1, plus: 5 });
		expect(isMet(pattern, { speed: 60.1, limit: 50 })).toBe(true);
		expect(isMet(pattern, { speed: 60, limit: 50 })).toBe(false);
		expect(isMet(pattern, { speed: 60 })).toBe(false);
		expect(isMet(pattern, { speed: 60, limit: 'none' })).toBe(false);
	});

	it('can be what was entered for the vehicle, else its customer, else a default', () => {
		const pattern = above({ record: 'maxSpeed', default: 80 });
		const of = (vehicle: Attributes, customer: Attributes) =>
			isMet(pattern, { speed: 70 }, { vehicleAttributes: vehicle, customerAttributes: customer });
		expect(of({ maxSpeed: 60 }, { maxSpeed: 100 })).toBe(true);
		expect(of({ maxSpeed: 100 }, { maxSpeed: 60 })).toBe(false);
		expect(of({}, { maxSpeed: 60 })).toBe(true);
		expect(of({}, {})).toBe(false);
	});

	it('is converted from the unit that it is given in', () => {
		expect(isMet(above(60, { unit: 'mph' }), { speed: 96.6 })).toBe(true);
		expect(isMet(above(60, { unit: 'mph' }), { speed: 96.5 })).toBe(false);
		const ofRecord = above({ record: 'maxSpeed' }, { unit: 'mph' });
		expect(isMet(ofRecord, { speed: 96.6 }, { vehicleAttributes: { maxSpeed: 60 } })).toBe(true);
		expect(isMet(ofRecord, { speed: 96.5 }, { vehicleAttributes: { maxSpeed: 60 } })).toBe(false);
	});

	it('can look at a record instead of a report', () => {
		const pattern: Comparison = { attribute: 'inspection', of: 'record', operator: 'withinDays', value: 14 };
		expect(isMet(pattern, {}, { vehicleAttributes: { inspection: '2026-03-10' } })).toBe(true);
		expect(isMet(pattern, {}, { customerAttributes: { inspection: '2026-04-10' } })).toBe(false);
		expect(isMet(pattern, { inspection: '2026-03-10' })).toBe(false);
	});

	it('takes the position before attributes of its names', () => {
		const pattern: Comparison = { attribute: 'latitude', operator: 'gt', value: 50 };
		expect(isMet(pattern, { latitude: 51 })).toBe(true);
		expect(isMet(pattern, { latitude: 51 }, { position: { latitude: 49, longitude: 11 } })).toBe(false);
		expect(isMet(pattern, {}, { position: { latitude: 51, longitude: 11 } })).toBe(true);
	});
});

describe('a rule set', () => {
	it('gives the values that a pattern names as evidence, and tells plain rules from others', () => {
		const moving: Pattern = { attribute: 'speed', operator: 'gt', value: 5 };
		const rules = [
			makeRule(),
			makeRule({ id: 2, pattern: { holds: moving, forSeconds: 60 } }),
			makeRule({ id: 3, pattern: { absent: { forSeconds: 60 } } }),
		];
		const ruleSet = compileRules({ rules, taskWatches: [], geofences: [] });
		const place = (id: number): number => ruleSet.placeOf(id) ?? -1;
		expect(foundIn(ruleSet, factsOf({ fuelLevel: 9, speed: 7 }))).toEqual([1, 2, 3]);
		expect(ruleSet.evidenceFor(place(1), factsOf({ fuelLevel: 9, speed: 7 }))).toEqual({ fuelLevel: 9 });
		expect([1, 2, 3].map((id) => ruleSet.isPlain(place(id)))).toEqual([true, false, false]);
		expect([...ruleSet.selfStarting]).toEqual([place(3)]);
	});

	it('stays as it was when another one is made of it', () => {
		const rules = Array.from({ length: 30 }, (_, i) => makeRule({ id: i + 1 }));
		const before = compileRules({ rules, taskWatches: [], geofences: [] });
		const changed = [makeRule({ id: 7, pattern: { attribute: 'x', operator: 'exists' } })];
		const after = before.withChanges({ changed, gone: [8], taskWatches: null, geofences: null });
		const facts = factsOf({ fuelLevel: 1 });
		expect(foundIn(after, facts)).toEqual(rules.map(({ id }) => id).filter((id) => id !== 7 && id !== 8));
		expect(foundIn(after, factsOf({ x: 1 }))).toEqual([7]);
		expect(after.placeOf(8)).toBeUndefined();
		expect(foundIn(before, facts)).toHaveLength(30);
		expect(foundIn(before, factsOf({ x: 1 }))).toEqual([]);
	});
});
