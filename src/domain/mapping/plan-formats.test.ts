import type { ImportMapping } from './import-mapping';
import { planImport } from './plan-import';
import { ASKED, columnPlan, table } from './testing/plan';

describe('numbers', () => {
	test.each([
		[['1.234,56', '12'], 'comma'],
		[['1,234.56', '12'], 'point'],
		[['1 234,56'], 'comma'],
		[["1'234.56"], 'point'],
		[['0,5', '1.234'], 'comma'],
		[['0.5', '1,234'], 'point'],
		[['1,234,567'], 'point'],
		[['12', '7'], undefined],
	])('an odometer of %j has a decimal %s', (values, decimalMark) => {
		const plan = { decimalMark: undefined, ...columnPlan('Odometer', values) };
		expect(plan).toMatchObject({ decimalMark, questions: [] });
	});

	test('what can be read both ways is asked where it matters, unless another column tells', () => {
		expect(columnPlan('Odometer', ['1.234', '5.678']).questions).toEqual([
			{
				...{ list: null, column: 'Odometer', about: 'decimalMark' },
				...{ examples: ['1.234', '5.678'], choices: ['point', 'comma'] },
			},
		]);
		expect(columnPlan('Article', ['1.234', '5.678']).questions).toEqual([]);
		expect(columnPlan('attributes.odometer', ['1.234'])).toMatchObject({
			decimalMark: 'point',
			questions: [],
		});
		const told = planImport(table(['plate', 'Odometer', 'Tank'], ['x', '1.234', '70,5']), ASKED);
		expect(told.questions).toEqual([]);
		expect(told.lists[0]?.columns[1]).toMatchObject({ column: 'Odometer', decimalMark: 'comma' });
		const mapping: ImportMapping = {
			columns: [],
			others: 'recognise',
			matchBy: 'auto',
			decimalMark: 'comma',
		};
		expect(columnPlan('Odometer', ['1.234'], { mapping })).toMatchObject({
			decimalMark: 'comma',
			questions: [],
		});
	});

	test('a position can have no thousands', () => {
		const rows = table(['vin', 'timestamp', 'lat', 'lon'], ['x', '2026-01-01T00:00:00Z', '48.137', '11,575']);
		const { lists, questions } = planImport(rows, ASKED);
		expect(questions).toEqual([]);
		expect(lists[0]?.columns.slice(2)).toMatchObject([{ decimalMark: 'point' }, { decimalMark: 'comma' }]);
	});

	test('codes, versions and texts are no numbers', () => {
		expect(columnPlan('Code', ['007', '12'])).toMatchObject({ type: 'text' });
		expect(columnPlan('Firmware', ['1.234.567'])).not.toHaveProperty('decimalMark');
		expect(columnPlan('Notes', ['a', 'b', '1,5'])).not.toHaveProperty('decimalMark');
	});
});

describe('dates', () => {
	test.each([
		[['31/12/2026', '01/02/2026'], 'dayFirst'],
		[['12/31/2026', '01/02/2026'], 'monthFirst'],
		[['01.02.2026'], 'dayFirst'],
		[['2026-12-31'], 'yearFirst'],
		[['2026/12/31'], 'yearFirst'],
		[['31 Dec 2026'], undefined],
		[['04/04/2026'], undefined],
	])('%j is %s', (values, dateOrder) => {
		const plan = { dateOrder: undefined, ...columnPlan('Erstzulassung', values) };
		expect(plan).toMatchObject({ field: 'attributes.firstRegistration', type: 'date', dateOrder });
		expect(plan.questions).toEqual([]);
	});

	test('an order that nothing tells is asked, and the answer counts', () => {
		const values = ['01/02/2026', '03/04/2026'];
		expect(columnPlan('Purchase date', values).questions).toEqual([
			{
				...{ list: null, column: 'Purchase date', about: 'dateOrder' },
				...{ examples: values, choices: ['dayFirst', 'monthFirst'] },
			},
		]);
		const mapping: ImportMapping = {
			columns: [],
			others: 'recognise',
			matchBy: 'auto',
			dateOrder: 'monthFirst',
		};
		expect(columnPlan('Purchase date', values, { mapping })).toMatchObject({
			...{ dateOrder: 'monthFirst', questions: [] },
		});
	});

	test('a column of nothing but dates is one, whatever it is called; one that only sounds like it is not', () => {
		expect(columnPlan('Leasing bis', ['31.12.2026', '30.06.2027'])).toMatchObject({ dateOrder: 'dayFirst' });
		expect(columnPlan('Leasing bis', ['31.12.2026', 'offen'])).not.toHaveProperty('dateOrder');
		expect(columnPlan('Date check', ['Bob', 'Eve'])).not.toHaveProperty('type');
		expect(columnPlan('Updated by', ['Bob'])).not.toHaveProperty('type');
	});
});

test('words for yes and no are booleans where the whole column has nothing else', () => {
	expect(columnPlan('Anhänger', ['ja', 'nein', ''])).toMatchObject({ type: 'boolean' });
	expect(columnPlan('Anhänger', ['sí', 'no'])).toMatchObject({ type: 'boolean' });
	expect(columnPlan('Anhänger', ['ja', 'vielleicht'])).not.toHaveProperty('type');
	expect(columnPlan('Land', ['NO', 'NO'])).not.toHaveProperty('type');
	expect(columnPlan('Anhänger', ['ja', 5])).not.toHaveProperty('type');
});
