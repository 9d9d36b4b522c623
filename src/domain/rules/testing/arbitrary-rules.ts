import fc from 'fast-check';
import type { Attributes, AttributeValue } from '../../attributes';
import type { Comparison, Pattern } from '../pattern';
import type { Rule, RuleScope } from '../rule';
import type { TaskWatch } from '../watched-rules';
import { makeRule } from './make-rule';

/** Few names and values, so that rules and reports meet often. */
const name = fc.constantFrom('a', 'b', 'c', 'constructor');
const number = fc.oneof(
	fc.integer({ min: -3, max: 3 }),
	fc.constantFrom(-0, 0.5, Number.MIN_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE),
);
const text = fc.constantFrom('', 'x', 'Xy', '1', 'true');
const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
	{ weight: 3, arbitrary: number },
	{ weight: 1, arbitrary: text },
	{ weight: 1, arbitrary: fc.boolean() },
);

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			attribute: name,
			operator: fc.constantFrom('lt', 'lte', 'gt', 'gte'),
			value: number,
		}),
	},
	fc.record({ attribute: name, operator: fc.constantFrom('eq', 'ne'), value: scalar }),
	fc.record({
		attribute: name,
		operator: fc.constant('between' as const),
		value: fc.tuple(number, number),
	}),
	fc.record({
		attribute: name,
		operator: fc.constant('in' as const),
		value: fc.array(scalar, { maxLength: 4 }),
	}),
	fc.record({ attribute: name, operator: fc.constant('contains' as const), value: text }),
	fc.record({ attribute: name, operator: fc.constantFrom('exists', 'missing') }),
);

export const arbitraryPattern: fc.Arbitrary<Pattern> = fc.letrec<{ pattern: Pattern }>((tie) => ({
	pattern: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		{ weight: 3, arbitrary: comparison },
		{ weight: 2, arbitrary: fc.record({ all: fc.array(tie('pattern'), { maxLength: 3 }) }) },
		{ weight: 2, arbitrary: fc.record({ any: fc.array(tie('pattern'), { maxLength: 3 }) }) },
		{ weight: 1, arbitrary: fc.record({ not: tie('pattern') }) },
	),
})).pattern;

const id = fc.integer({ min: 1, max: 3 });

const scope: fc.Arbitrary<RuleScope> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant({ vehicles: 'all' as const }) },
	fc.record({ vehicles: fc.constant('customer' as const), customerId: id }),
	fc.record({ vehicles: fc.constant('vehicle' as const), vehicleId: id }),
	fc.constant({ vehicles: 'tasks' as const }),
);

/** Ids are 1 to n. */
export const arbitraryRules = (maxLength: number, minLength = 0): fc.Arbitrary<Rule[]> =>
	fc
		.array(
			fc.record({
				pattern: arbitraryPattern,
				scope,
				enabled: fc.constantFrom(true, true, true, false),
				cooldownSeconds: fc.constantFrom(0, 0, 2, 5),
			}),
			{ minLength, maxLength, size: 'max' },
		)
		.map((rules) =>
			rules.map(({ cooldownSeconds, ...fields }, index) =>
				makeRule({ ...fields, id: index + 1, fire: { on: 'edge', cooldownSeconds } }),
			),
		);

export const arbitraryWatches: fc.Arbitrary<TaskWatch[]> = fc.array(
	fc.record({
		ruleId: fc.integer({ min: 1, max: 30 }),
		taskId: fc.integer({ min: 1, max: 9 }),
		vehicleId: fc.option(id),
		customerId: fc.option(id),
	}),
	{ maxLength: 20 },
);

export const arbitraryAttributes: fc.Arbitrary<Attributes> = fc.dictionary(name, scalar, { maxKeys: 4 });

/** Reports of three vehicles, a second apart, whose customers may change in between. */
export const arbitraryTrace = fc.array(
	fc.record({ vehicleId: id, customerId: fc.option(id), attributes: arbitraryAttributes }),
	{ minLength: 1, maxLength: 25 },
);
