import fc from 'fast-check';
import { type Attributes, parseAttributes } from '../../src/domain/attributes';
import type { TaskState } from '../../src/domain/task';
import { NOW } from './export-lib';

const HOSTILE = [
	...[
		'007',
		'=1+1',
		'+49 30 1',
		'-5',
		'@x',
		"'",
		"'quoted",
		"'=1",
		'true',
		'FALSE',
		'ja',
		'null',
		'1e5',
		'1,5',
		'1.234',
	],
	...[
		'31.12.2025',
		'2026-03-01',
		'10:30',
		'12 %',
		'€ 5',
		'0x10',
		'a,b;c|d\te',
		'say "hi"',
		'"',
		' blank ',
		'😀',
		'ünï',
	],
	...[
		'two\nlines',
		'_x0041_',
		'<b>&amp;</b>',
		'12345678901234567890',
		'-',
		'=',
		'#N/A',
		'x'.repeat(10_000),
		'０１',
	],
];

const text = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
	fc.string({ unit: fc.constantFrom(...'=+-@\'"0123456789.,eE:/ \nJan%'), minLength: 1, maxLength: 8 }),
);
const number = fc.oneof(
	fc.constantFrom(0, -1, 0.1, 1.5e-300, 1.7e308, 5e-324, 1e21, 123456.789, -0.000001, 2 ** 53, 1.234, 12345),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
	fc.integer(),
);
const attributeName = fc.oneof(
	fc.constantFrom(
		'a',
		'A',
		'a.b',
		'a b',
		'a  b',
		'a\nb',
		'ü',
		'Ölstand (l)',
		'日本',
		'attributes.x',
		'x[0]',
		'=1',
		'name',
		"'q",
		'fuel,level',
	),
	fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,10}$/),
);
const attributes = fc
	.dictionary(attributeName, fc.oneof(text, number, fc.boolean()), { maxKeys: 6 })
	.map((given) => parseAttributes(Object.entries(given)));

const cutTexts = (given: Attributes, length: number): Attributes =>
	Object.fromEntries(
		Object.entries(given).map(([name, value]) => [
			name,
			typeof value === 'string' ? value.slice(0, length) : value,
		]),
	);

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const short = text.map(
	(value) =>
		value
			.slice(0, 40)
			.replace(/[\s\p{C}]+/gu, ' ')
			.trim() || 'x',
);
const instant = fc.integer({ min: Date.UTC(2001, 0, 1), max: NOW });

const customer = fc.record({
	externalId: optional(short),
	name: short,
	hasEmail: fc.boolean(),
	phone: optional(short),
	attributes,
});
const vehicle = fc.record({
	hasVin: fc.boolean(),
	hasPlate: fc.boolean(),
	externalId: short,
	name: optional(short),
	make: optional(short),
	model: optional(short),
	year: optional(fc.integer({ min: 1900, max: 2026 })),
	attributes,
	customer: optional(fc.nat(3)),
});
const task = fc.record({
	title: short,
	description: optional(text),
	dueAt: optional(instant),
	state: fc.constantFrom<TaskState>('created', 'complete', 'canceled'),
	vehicle: optional(fc.nat(3)),
	customer: optional(fc.nat(3)),
});
const report = fc.record({
	vehicle: fc.nat(3),
	messageId: short,
	reportedAt: instant,
	sequence: fc.nat(1_000_000),
	position: fc.option(
		fc.record({
			latitude: fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value || 0),
			longitude: fc.double({ min: -180, max: 180, noNaN: true }).map((value) => value || 0),
			heading: fc.integer({ min: 0, max: 359 }),
		}),
	),
	// Status messages take texts of up to 4,000 characters.
	attributes: attributes.map((given) => cutTexts(given, 4_000)),
});
/** A small fleet with hostile values, references by their places. */
export const scenario = fc.record({
	customers: fc.uniqueArray(customer, {
		minLength: 1,
		maxLength: 4,
		selector: ({ name }) => name.toLowerCase(),
	}),
	vehicles: fc.uniqueArray(vehicle, {
		minLength: 1,
		maxLength: 4,
		selector: ({ externalId }) => externalId.toLowerCase(),
	}),
	tasks: fc.array(task, { maxLength: 4 }),
	reports: fc.uniqueArray(report, { maxLength: 6, selector: ({ messageId }) => messageId }),
});
export type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;
