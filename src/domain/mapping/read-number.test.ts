import fc from 'fast-check';
import { numberEvidence, readNumber } from './read-number';

test.each([
	['1.234,56', 'comma', 1234.56],
	['1,234.56', 'point', 1234.56],
	['1 234,56', 'comma', 1234.56],
	['1\u00a0234,56', 'comma', 1234.56],
	['1\u202f234\u202f567,5', 'comma', 1234567.5],
	["1'234.56", 'point', 1234.56],
	['1’234.56', 'point', 1234.56],
	['0,5', 'comma', 0.5],
	['-1,5', 'comma', -1.5],
	['−1,5', 'comma', -1.5],
	['1234,567', 'comma', 1234.567],
	['12345.678', 'point', 12345.678],
	['1,234,567', 'point', 1234567],
	['1.234.567', 'comma', 1234567],
	['0.234', 'point', 0.234],
] as const)('%s can only be read with the %s as decimal mark', (text, mark, value) => {
	expect(readNumber(text, mark)).toBe(value);
	expect(numberEvidence(text)).toBe(mark);
});

test.each([
	['1.234', 1.234, 1234, 'both'],
	['1,234', 1234, 1.234, 'both'],
	['1234', 1234, 1234, 'neither'],
	['1 234', 1234, 1234, 'neither'],
	['-0', -0, -0, 'neither'],
	['007', null, null, null],
	['1234567890123456', null, null, null],
	['1,234.567,8', null, null, null],
	['1.234 567', null, null, null],
	['12.34.56', null, null, null],
	['1e5', null, null, null],
	['+49', null, null, null],
	['12 km', null, null, null],
	['', null, null, null],
])('%s is %p with a point, %p with a comma', (text, point, comma, evidence) => {
	expect([readNumber(text, 'point'), readNumber(text, 'comma')]).toEqual([point, comma]);
	expect(numberEvidence(text)).toBe(evidence);
});

test('without a mark only the notation of JSON counts', () => {
	expect(['12', ' -1.50 ', '1.234', '1,5', '1 234', '007'].map((text) => readNumber(text))).toEqual([
		...[12, -1.5, 1.234, null, null, null],
	]);
});

test('every number in every notation is read as itself', () => {
	const locales = [
		...(['en-US', 'de-DE', 'fr-FR', 'de-CH', 'es-ES', 'pl-PL', 'nl-NL', 'it-IT', 'sv-SE'] as const),
	];
	fc.assert(
		fc.property(
			fc.integer({ min: -1e11, max: 1e11 }),
			fc.nat({ max: 3 }),
			fc.constantFrom(...locales),
			(whole, decimals, locale) => {
				const value = whole / 10 ** decimals;
				const format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals });
				const mark = format.format(1.5).includes(',') ? 'comma' : 'point';
				expect(readNumber(format.format(value), mark)).toBe(value);
			},
		),
	);
});
