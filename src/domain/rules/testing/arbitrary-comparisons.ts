import fc from 'fast-check';
import type { AttributeValue, Attributes } from '../../attributes';
import type { Aggregate, Change, Comparison, Reference } from '../pattern';

/** Few names and values, so that rules and reports meet often, and at the very border. */
const name = fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'constructor');
const recordName = fc.constantFrom('limit', 'limit', 'constructor');
export const number = fc.oneof(
	{ weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) },
	{ weight: 1, arbitrary: fc.constantFrom(-0, 0.5, 10, -1) },
);
const anyNumber = fc.oneof(
	{ weight: 8, arbitrary: number },
	fc.constantFrom(Number.MIN_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE),
);
const text = fc.constantFrom('', 'x', 'Xy', '1', '2026-03-29', '2026-03-02T00:00:00Z');
export const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
	{ weight: 6, arbitrary: number },
	{ weight: 1, arbitrary: text },
	{ weight: 1, arbitrary: fc.boolean() },
);

/** An object whose optional fields are mostly left out, never undefined. */
export function withOptional<T extends object, O extends object>(
	required: { [K in keyof T]: fc.Arbitrary<T[K]> },
	optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<T & Partial<O>> {
	const rare = Object.entries<fc.Arbitrary<unknown>>(optional).map(([key, arbitrary]) => {
		const absent: fc.Arbitrary<Record<string, unknown>> = fc.constant({});
		return fc.oneof(
			{ weight: 2, arbitrary: absent },
			{ weight: 1, arbitrary: arbitrary.map((value) => ({ [key]: value })) },
		);
	});
	return fc
		.tuple(fc.record(required), fc.tuple(...rare))
		.map(([always, sometimes]) => Object.assign({}, always, ...sometimes) as T & Partial<O>);
}

const times = fc.constantFrom(1, 2, 0.5);
const plus = fc.constantFrom(0, 1, -1);
const reference: fc.Arbitrary<Reference> = fc.oneof(
	withOptional({ attribute: name }, { times, plus }),
	withOptional({ record: recordName }, { default: scalar, times, plus }),
);
const numeric = fc.oneof({ weight: 5, arbitrary: anyNumber }, { weight: 1, arbitrary: reference });

/** With a unit the number is one of those that become small whole numbers. */
const measured = fc.oneof(
	{ weight: 8, arbitrary: numeric.map((value) => ({ value })) },
	fc.constantFrom(
		{ value: 50, unit: '°F' },
		{ value: 32, unit: '°F' },
		{ value: 2000, unit: 'm' },
		{ value: 1, unit: 'mph' },
	),
);

const of = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const plainComparison: fc.Arbitrary<Comparison> = fc.oneof(
	{
		weight: 8,
		arbitrary: fc
			.tuple(name, of('lt', 'lte', 'gt', 'gte'), measured)
			.map(([attribute, operator, value]) => ({ attribute, operator, ...value })),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			attribute: name,
			operator: of('eq', 'ne'),
			value: fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: reference }),
		}),
	},
	fc.record({ attribute: name, operator: of('between'), value: fc.tuple(anyNumber, anyNumber) }),
	fc.record({ attribute: name, operator: of('in'), value: fc.array(scalar, { maxLength: 4 }) }),
	fc.record({ attribute: name, operator: of('contains'), value: fc.oneof(text, reference) }),
	fc.record({ attribute: name, operator: of('matches'), value: of('^[xX]', 'y$', '\\d{4}', '') }),
	fc.record({ attribute: name, operator: of('withinDays'), value: of(0, 1, -1, 27.5) }),
	fc.record({ attribute: name, operator: of('exists', 'missing') }),
	fc.record({
		attribute: of('latitude', 'heading'),
		operator: of('lt', 'gte', 'exists', 'missing'),
		value: of(48.0035, 90),
	}),
);

export const comparison: fc.Arbitrary<Comparison> = fc.oneof(
	{ weight: 12, arbitrary: plainComparison },
	fc
		.tuple(recordName, plainComparison)
		.map(([attribute, one]) => ({ ...one, attribute, of: 'record' as const })),
);

export const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({ attribute: fc.oneof(name, of('latitude')), operator: of('changed') }),
	fc.record({ attribute: name, operator: of('changedTo'), value: fc.oneof(scalar, reference) }),
	{
		weight: 3,
		arbitrary: fc
			.tuple(
				name,
				of('increasedBy', 'decreasedBy', 'crossesAbove', 'crossesBelow', 'risesPerMinute', 'fallsPerMinute'),
				measured,
			)
			.map(([attribute, operator, value]) => ({ attribute, operator, ...value })),
	},
);

/** Of a few tens of seconds, where reports are some seconds apart. */
export const seconds = fc.oneof(
	{ weight: 6, arbitrary: of(5, 10, 20, 30, 60) },
	{ weight: 1, arbitrary: of(100, 9.999, 10.001) },
);

const amount = of('lt', 'lte', 'gt', 'gte');
export const aggregate: fc.Arbitrary<Aggregate> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc
			.tuple(of('min', 'max', 'average', 'sum', 'change'), name, seconds, amount, measured)
			.map(([what, attribute, withinSeconds, operator, value]) => ({
				aggregate: what,
				attribute,
				withinSeconds,
				operator,
				...value,
			})),
	},
	fc.record({
		aggregate: of('min', 'average', 'change'),
		attribute: name,
		withinSeconds: seconds,
		operator: of('between'),
		value: fc.tuple(number, number),
	}),
	// Between the multiples of a step along the traces' meridian, so that no way to calculate it matters.
	fc
		.tuple(seconds, amount, of({ value: 0.05 }, { value: 0.16 }, { value: 0.28 }, { value: 500, unit: 'm' }))
		.map(([withinSeconds, operator, value]) => ({
			aggregate: 'distance' as const,
			withinSeconds,
			operator,
			...value,
		})),
);

const mostly = (often: fc.Arbitrary<AttributeValue>): fc.Arbitrary<AttributeValue> =>
	fc.oneof({ weight: 8, arbitrary: often }, { weight: 1, arbitrary: scalar });
export const attributes: fc.Arbitrary<Attributes> = fc.record(
	{ a: mostly(number), b: mostly(number), c: mostly(text), constructor: scalar },
	{ requiredKeys: [] },
);
export const records: fc.Arbitrary<Attributes> = fc.record(
	{ limit: scalar, timeZone: of<AttributeValue>('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 7) },
	{ requiredKeys: [] },
);
