import fc from 'fast-check';
import { DateTime } from 'luxon';
import { dateEvidence, instantOf, isoOf, readDate } from './read-date';

const iso = (text: string, ...[order, zone]: [('dayFirst' | 'monthFirst' | 'yearFirst')?, string?]) => {
	const read = readDate(text, order);
	return read.ok ? isoOf(read.date, zone) : read.reason;
};

test.each([
	['2021-03-31', '2021-03-31'],
	[' 31.03.2021 ', '2021-03-31'],
	['31. 3. 2021', '2021-03-31'],
	['1.2.2021', '2021-02-01'],
	['31/03/2021', '2021-03-31'],
	['03/31/2021', '2021-03-31'],
	['31-03-2021', '2021-03-31'],
	['2021/03/31', '2021-03-31'],
	['04/04/2021', '2021-04-04'],
	['29.02.2024', '2024-02-29'],
	['31 Dec 2026', '2026-12-31'],
	['31-Dec-2026', '2026-12-31'],
	['31. Dezember 2026', '2026-12-31'],
	['1er août 2026', '2026-08-01'],
	['31 de diciembre de 2026', '2026-12-31'],
	['31 grudnia 2026', '2026-12-31'],
	['Dec 31, 2026', '2026-12-31'],
	['December 31st, 2026', '2026-12-31'],
	['1. März 2026', '2026-03-01'],
	['31.12.2026 14:05', '2026-12-31T14:05:00'],
	['31.12.2026, 14:05:09 Uhr', '2026-12-31T14:05:09'],
	['12/31/2026 2:05 PM', '2026-12-31T14:05:00'],
	['12/31/2026 12:05 am', '2026-12-31T00:05:00'],
	['2026-12-31 14:05:09.5', '2026-12-31T14:05:09.500'],
	['2026-12-31T14:05:09+02:00', '2026-12-31T12:05:09Z'],
	['2026-12-31T14:05:09Z', '2026-12-31T14:05:09Z'],
	['2026-12-31T14:05:09+0530', '2026-12-31T08:35:09Z'],
])('%s is %s, whatever the column', (text, expected) => {
	expect(iso(text)).toBe(expected);
});

test.each([
	['03/04/2021', 'dayFirst', '2021-04-03'],
	['03/04/2021', 'monthFirst', '2021-03-04'],
	['03-04-2021 10:00', 'monthFirst', '2021-03-04T10:00:00'],
	['2021-03-04', 'monthFirst', '2021-03-04'],
	['31/12/2026', 'monthFirst', "'31/12/2026' is no date with the month first (mm/dd/yyyy)"],
	['12/31/2026', 'dayFirst', "'12/31/2026' is no date with the day first (dd/mm/yyyy)"],
	['31.12.2026', 'yearFirst', "'31.12.2026' is no date with the year first (yyyy-mm-dd)"],
] as const)('%s in a column with %s', (text, order, expected) => {
	expect(iso(text, order)).toContain(expected);
});

test.each([
	['31.02.2021', "'31.02.2021' is no day"],
	['2021-13-01', 'is no day'],
	['29.02.2023', 'is no day'],
	['03/04/2021', "'03/04/2021' could be day/month or month/day"],
	['31.03.21', 'has a year of two digits'],
	['soon', "'soon' is no date: write it as yyyy-mm-dd, e.g. 2021-03-31"],
	['31 Foo 2026', 'is no date'],
	['2021-03-31T25:00', 'is no date and time'],
	['12/31/2026 13:05 PM', 'is no date and time'],
	['2021-03-31T10:00+25:00', 'is no date and time'],
	['', 'is no date'],
])('%s is refused', (text, reason) => {
	expect(iso(text)).toContain(reason);
});

test.each([
	['31/12/2026', 'dayFirst'],
	['12/31/2026', 'monthFirst'],
	['01.02.2026', 'dayFirst'],
	['2026-12-31', 'yearFirst'],
	['01/02/2026', 'both'],
	['02/02/2026', 'same'],
	['31 Dec 2026', 'words'],
	['01/02/26', 'shortYear'],
	['99/99/2026', null],
	['1.2.3', 'shortYear'],
	['hello', null],
])('%s tells %p', (text, evidence) => {
	expect(dateEvidence(text)).toBe(evidence);
});

test('a day is read the same in every order, a time as luxon has it in its zone', () => {
	const range = { min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true };
	const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
	fc.assert(
		fc.property(fc.date(range), zones, (date, zone) => {
			const plain = date.toISOString().slice(0, 10);
			const [year, month, day] = plain.split('-');
			expect(iso(plain)).toBe(plain);
			expect(iso(`${day}.${month}.${year}`)).toBe(plain);
			expect(iso(`${day}/${month}/${year}`, 'dayFirst')).toBe(plain);
			expect(iso(`${month}-${day}-${year}`, 'monthFirst')).toBe(plain);
			expect(readDate(`${day}/${month}/${year}`).ok).toBe(Number(day) > 12 || day === month);
			const local = DateTime.fromJSDate(date, { zone });
			const read = readDate(local.toFormat('dd.MM.yyyy HH:mm:ss'));
			const expected = DateTime.fromFormat(local.toFormat('yyyyMMddHHmmss'), 'yyyyMMddHHmmss', { zone });
			// In the hour that comes twice either of its moments is right.
			const moments = expected.getPossibleOffsets().map((moment) => moment.toMillis());
			expect(read.ok && moments.includes(instantOf(read.date, zone))).toBe(true);
		}),
	);
});
