import fc from 'fast-check';
import { cellValue, numberOrCell } from './cell-value';
import { parseDay } from './parse-day';

test.each([
	['2021-03-31', '2021-03-31'],
	[' 31.03.2021 ', '2021-03-31'],
	['1.2.2021', '2021-02-01'],
	['31/03/2021', '2021-03-31'],
	['03/31/2021', '2021-03-31'],
	['04/04/2021', '2021-04-04'],
	['29.02.2024', '2024-02-29'],
	['2021-03-31T10:00:00+02:00', '2021-03-31T10:00:00+02:00'],
	['2021-03-31 10:00', '2021-03-31T10:00'],
])('%s is %s', (text, iso) => {
	expect(parseDay(text)).toEqual({ ok: true, iso });
});

test.each([
	['31.02.2021', "'31.02.2021' is no day"],
	['2021-13-01', 'is no day'],
	['29.02.2023', 'is no day'],
	['03/04/2021', "'03/04/2021' could be day/month or month/day"],
	['31.03.21', 'is no date'],
	['soon', "'soon' is no date: write it as yyyy-mm-dd, e.g. 2021-03-31"],
	['2021-03-31T25:00', 'is no date'],
	['', 'is no date'],
])('%s is refused', (text, reason) => {
	expect(parseDay(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});

test('every day is read the same in every form', () => {
	const range = { min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true };
	fc.assert(
		fc.property(fc.date(range), (date) => {
			const iso = date.toISOString().slice(0, 10);
			const [year, month, day] = iso.split('-');
			expect(parseDay(iso)).toEqual({ ok: true, iso });
			expect(parseDay(`${day}.${month}.${year}`)).toEqual({ ok: true, iso });
			const slashes = parseDay(`${day}/${month}/${year}`);
			expect(slashes.ok).toBe(Number(day) > 12 || day === month);
			if (slashes.ok) expect(slashes.iso).toBe(iso);
		}),
	);
});

test('cells of text are what they are written like, and codes stay text', () => {
	const cells = [
		'12',
		'-1.50',
		' 7 ',
		'true',
		'FALSE',
		'007',
		'1e5',
		'12345678901234567890',
		'1,5',
		'+49 89',
		'x',
	];
	expect(cells.map(cellValue)).toEqual([
		...[12, -1.5, 7, true, false, '007', '1e5', '12345678901234567890', '1,5', '+49 89', 'x'],
	]);
	expect(['48,137', '48.137', '1,2,3', 'x', 5, null].map(numberOrCell)).toEqual([
		48.137,
		48.137,
		'1,2,3',
		'x',
		5,
		null,
	]);
	fc.assert(
		fc.property(fc.integer({ min: -1e14, max: 1e14 }), (value) =>
			expect(cellValue(String(value))).toBe(value),
		),
	);
});
