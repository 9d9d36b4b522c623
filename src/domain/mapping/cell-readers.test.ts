import type { ImportMapping } from './import-mapping';
import { planImport } from './plan-import';
import { rowInterpreter } from './row-interpreter';
import { displayCell } from './source-row';
import { ASKED, table } from './testing/plan';

/** What rows make of a column, each with a plate: its attribute's value, or the error's message. */
function read(column: string, values: readonly unknown[], mapping: ImportMapping | null = null) {
	const rows = table(['plate', column], ...values.map((value, index) => [`M-AB ${index}`, value]));
	const plan = planImport(rows.slice(0, 2), { ...ASKED, mapping });
	expect(plan.questions).toEqual([]);
	const interpret = rowInterpreter(plan, 'auto');
	return rows.map((row) => {
		const interpreted = interpret(row);
		if (!interpreted.ok) {
			expect(interpreted.error).toMatchObject({ column, value: displayCell(row.cells[1]) });
			return interpreted.error.message;
		}
		return Object.values(interpreted.records.vehicle?.fields.attributes ?? {})[0];
	});
}

const berlin: ImportMapping = {
	...{ columns: [], others: 'recognise', matchBy: 'auto' },
	timeZone: 'Europe/Berlin',
};

test('numbers are read as the column writes them; one in the other notation is an error', () => {
	expect(read('Odometer', ['1.234,5', '7', '2 000', 'n/a', '007', "'1.5", '1.5'])).toEqual([
		...[1234.5, 7, 2000, 'n/a', '007', '1.5'],
		"'1.5' is no number with a decimal comma, as this column's numbers are read: write it as 1234,56",
	]);
	expect(read('Odometer', ['1,234.5', '7', '1,5'])).toEqual([
		...[1234.5, 7, expect.stringContaining('is no number with a decimal point')],
	]);
	expect(read('Article', ['12', 'x', '1.234', '1,5'])).toEqual([12, 'x', 1.234, '1,5']);
});

test('a column with a unit holds numbers, which become those of the canonical unit', () => {
	expect(read('Odometer (mi)', ['100', '1,000.5', "'100", 'many'])).toEqual([
		...[160.9344, 1610.148672, 160.9344, expect.stringContaining("'many' is not a number")],
	]);
	expect(read('Temperatur (°F)', ['50,9', '32'])).toEqual([10.5, 0]);
	expect(read('Odometer (mi)', [100, '1,000.5'])).toEqual([160.9344, 1610.148672]);
});

test('days are read in the order of the column; one that contradicts it is an error', () => {
	expect(read('Erstzulassung', ['31/12/2026', '01/02/2026', '2026-03-04', '12/31/2026', 'soon'])).toEqual([
		...['2026-12-31', '2026-02-01', '2026-03-04'],
		...[
			expect.stringContaining('no date with the day first (dd/mm/yyyy)'),
			expect.stringContaining('no date:'),
		],
	]);
	expect(read('Leasing bis', ['31.12.2026', '1.2.2027', 'offen', '31.02.2026', "'1.2.2027"])).toEqual([
		...['2026-12-31', '2027-02-01', 'offen', expect.stringContaining('is no day'), '1.2.2027'],
	]);
});

test('times are of the zone that the mapping says', () => {
	const values = ['31.12.2026 14:05', '2026-07-01T10:00', '2026-07-01T10:00:00Z'];
	expect(read('Letzte Wartung Datum', values)).toEqual([
		...['2026-12-31T14:05:00', '2026-07-01T10:00:00', '2026-07-01T10:00:00Z'],
	]);
	expect(read('Letzte Wartung Datum', values, berlin)).toEqual([
		...['2026-12-31T13:05:00Z', '2026-07-01T08:00:00Z', '2026-07-01T10:00:00Z'],
	]);
	const rows = table(
		['vehicle', 'timestamp'],
		...['31.12.2026 14:05', '2026-07-01 10:00', '2026-07-01T10:00:00+02:00', '1767225600'].map((at) => [
			'x',
			at,
		]),
	);
	const times = (mapping: ImportMapping | null) => {
		const interpret = rowInterpreter(planImport(rows, { ...ASKED, mapping }), 'auto');
		return rows.map((row) => {
			const interpreted = interpret(row);
			return interpreted.ok ? interpreted.records.statuses?.[0]?.value.reportedAt : interpreted.error;
		});
	};
	expect(times(null)).toEqual([
		...['2026-12-31T14:05:00.000Z', '2026-07-01 10:00', '2026-07-01T10:00:00+02:00', '1767225600'],
	]);
	expect(times(berlin)).toEqual([
		...['2026-12-31T13:05:00.000Z', '2026-07-01T08:00:00.000Z', '2026-07-01T10:00:00+02:00', '1767225600'],
	]);
});

test('words are booleans, and codes texts, where the whole column is so', () => {
	expect(read('Anhänger', ['ja', 'Nein', 'TRUE', 'vielleicht', '2', "'ja"])).toEqual([
		...[true, false, true, 'vielleicht', 2, 'ja'],
	]);
	expect(read('Code', ['007', '12', '1.5'])).toEqual(['007', '12', '1.5']);
	expect(read('Code', ['12', 'x', '007', 'true'])).toEqual([12, 'x', '007', true]);
});

test('values that have a type keep it', () => {
	expect(read('Code', [12, '12', true, '1,5', 'ja'])).toEqual([12, '12', true, '1,5', 'ja']);
	expect(read('Code', [12, [1]])).toEqual([12, expect.stringContaining('is a list')]);
});
