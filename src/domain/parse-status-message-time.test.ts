import fc from 'fast-check';
import { parseReportedAt } from './parse-status-message-time';

const now = Date.parse('2026-03-01T12:00:00Z');
const parse = (value: unknown) => parseReportedAt('reportedAt', value, { now, maxFutureMs: 300_000 });

describe('parseReportedAt', () => {
	it.each([
		['2026-03-01T08:30:00Z', '2026-03-01T08:30:00.000Z'],
		['2026-03-01T08:30:00.123Z', '2026-03-01T08:30:00.123Z'],
		['2026-03-01T08:30:00.1239999Z', '2026-03-01T08:30:00.123Z'],
		['2026-03-01T08:30:00.000+0000', '2026-03-01T08:30:00.000Z'],
		['2026-03-01T10:30:00+02:00', '2026-03-01T08:30:00.000Z'],
		['2026-03-01T05:00-03:30', '2026-03-01T08:30:00.000Z'],
		['2026-03-01 08:30:00', '2026-03-01T08:30:00.000Z'],
		['2026-02-28', '2026-02-28T00:00:00.000Z'],
		['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
		[1_772_353_800, '2026-03-01T08:30:00.000Z'],
		[1_772_353_800.5, '2026-03-01T08:30:00.500Z'],
		[1_772_353_800_000, '2026-03-01T08:30:00.000Z'],
		['1772353800', '2026-03-01T08:30:00.000Z'],
		['1772353800000', '2026-03-01T08:30:00.000Z'],
	])('reads %p', (value, expected) => {
		expect(new Date(parse(value)).toISOString()).toBe(expected);
	});

	it.each([
		[undefined, 'does not say when'],
		['', 'does not say when'],
		['yesterday', "'yesterday' is not a time"],
		['2026-02-30T00:00:00Z', 'is not a time'],
		['2026-02-01T25:00:00Z', 'is not a time'],
		['2026-02-01T10:61:00Z', 'is not a time'],
		['2026-13-01', 'is not a time'],
		['12:30', 'is not a time'],
		[true, 'boolean is not a time'],
		[Number.NaN, 'is not a time'],
		[1e300, 'is not a time'],
		[
			'2027-03-01T12:00:00Z',
			'2027-03-01T12:00:00.000Z lies in the future (received 2026-03-01T12:00:00.000Z)',
		],
		[0, '1970-01-01T00:00:00.000Z is before the year 2000'],
	])('refuses %p', (value, reason) => {
		expect(() => parse(value)).toThrow(`reportedAt: `);
		expect(() => parse(value)).toThrow(reason);
	});

	it('lets a clock run ahead by the bound, and not more', () => {
		expect(parse(now + 300_000)).toBe(now + 300_000);
		expect(() => parse(now + 300_001)).toThrow('lies in the future');
	});

	it('reads back every time that JavaScript writes', () => {
		const times = fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date(now), noInvalidDate: true });
		fc.assert(
			fc.property(times, (time) => {
				expect(parse(time.toISOString())).toBe(time.getTime());
				expect(parse(time.getTime())).toBe(time.getTime());
			}),
		);
	});

	it('reads the common form as the general one, whatever its digits', () => {
		const digit = fc.integer({ min: 0, max: 9 });
		const form = fc.constantFrom(
			'20dd-dd-ddTdd:dd:ddZ',
			'2025-dd-ddTdd:dd:dd.dddZ',
			'2024-02-ddT0d:dd:dd+0000',
		);
		const text = fc
			.tuple(form, fc.array(digit, { minLength: 20, maxLength: 20 }))
			.map(([pattern, digits]) => pattern.replace(/d/g, () => String(digits.shift())));
		const read = (value: string) => {
			try {
				return parse(value);
			} catch (error) {
				return String(error);
			}
		};
		fc.assert(
			fc.property(text, (value) => {
				// A blank at the end is known to the general form only.
				const general = read(`${value} `);
				expect(read(value)).toBe(typeof general === 'string' ? general.replace(`${value} `, value) : general);
			}),
			{ numRuns: 2000 },
		);
	});
});
