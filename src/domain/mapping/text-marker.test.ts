import fc from 'fast-check';
import { cellValue } from './cell-value';
import { defuseText, markText, unmarkText } from './text-marker';

const texts = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom('', "'", "''", '=1+1', '-5', '007', '1,5', '1.234,56', '31.12.2026', 'ja', 'True', ' x '),
	fc.stringMatching(/^['=+@\-\t\r]{0,3}[\d.,/ :]{0,8}$/),
);

test('a marked text comes back as the very text, whatever it is', () => {
	fc.assert(
		fc.property(texts, (text) => {
			for (const write of [markText, defuseText]) {
				const cell = write(text);
				expect(unmarkText(cell) ?? cell).toBe(text);
				expect(cell).not.toMatch(/^[=+\-@\t\r]/);
			}
			const cell = markText(text);
			if (unmarkText(cell) === null) expect(cellValue(cell)).toBe(text);
		}),
		{ numRuns: 2_000 },
	);
});

test.each([
	['red', 'red'],
	['3 doors', '3 doors'],
	['M-AB 1', 'M-AB 1'],
	['007', "'007"],
	['12', "'12"],
	['1,5', "'1,5"],
	['31.12.2026', "'31.12.2026"],
	['31 Dec 2026', "'31 Dec 2026"],
	['2026-12-31', '2026-12-31'],
	['2026-12-31T10:00:00Z', '2026-12-31T10:00:00Z'],
	['2026-12-31T10:00:00+02:00', "'2026-12-31T10:00:00+02:00"],
	['01/02/26', "'01/02/26"],
	['1.5e-7', "'1.5e-7"],
	['Ja', "'Ja"],
	['=1+1', "'=1+1"],
	["'n Auto", "''n Auto"],
	['', "'"],
])('%s is written as %s', (text, cell) => {
	expect(markText(text)).toBe(cell);
});

test('an apostrophe that marks nothing belongs to the text; a field is marked only against formulas', () => {
	expect(unmarkText("'n Auto")).toBeNull();
	expect([defuseText('007'), defuseText('+49 89')]).toEqual(['007', "'+49 89"]);
});
