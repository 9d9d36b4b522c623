import type { ImportMapping } from './import-mapping';
import type { ImportPlan } from './import-plan';
import { planImport, UnknownRecordsError } from './plan-import';
import { mappingToRemember, shapeOf } from './remember-mapping';
import { ASKED, fieldsOf, table } from './testing/plan';

test('the kind of record is told from the columns, or nothing is', () => {
	const kind = (...columns: string[]) => fieldsOf(table(columns, columns))[0]?.[0];
	expect(kind('VIN', 'Name')).toBe('vehicles');
	expect(kind('Kennzeichen', 'Kunde')).toBe('vehicles');
	expect(kind('Kennzeichen', 'Kundenname', 'E-Mail', 'Telefon')).toBe('vehicles');
	expect(kind('Firma', 'E-Mail', 'Telefon')).toBe('customers');
	expect(kind('title', 'vin', 'due date')).toBe('tasks');
	expect(() => kind('foo', 'bar')).toThrow(UnknownRecordsError);
	expect(fieldsOf(table(['foo'], ['x']), { recordType: 'customers' }).flat()).toEqual([
		...['customers', 'foo -> customer.attributes.foo'],
	]);
});

describe('mappings', () => {
	const columns = ['Fzg', 'a', 'Odometer'];
	const mapping: ImportMapping = {
		columns: [
			{ column: 'Fzg', record: 'vehicle', field: 'externalId' },
			{ column: 'a', record: 'vehicle', field: 'name', write: 'keep' },
		],
		others: 'ignore',
		matchBy: 'externalId',
		timeZone: 'Europe/Berlin',
	};
	const rows = table(columns, ['1', 'x', '1,5']);

	test('one that is given counts, and says what becomes of the rest', () => {
		const plan = planImport(rows, { ...ASKED, mapping });
		expect(plan).toMatchObject({
			source: 'given',
			matchBy: 'externalId',
			timeZone: 'Europe/Berlin',
			questions: [],
		});
		expect(plan.lists[0]).toMatchObject({ kind: 'vehicles', columns: mapping.columns });
		expect(fieldsOf(rows, { mapping: { ...mapping, others: 'attributes' } })[0]?.at(-1)).toBe(
			'Odometer -> vehicle.attributes.odometer',
		);
	});

	test('one that is given keeps what its headers say, unless it says something else', () => {
		const given = (column: string, name: string, more: object = {}) =>
			({ column, record: 'vehicle', field: `attributes.${name}`, ...more }) as const;
		const columns = [
			given('Odometer (mi)', 'mileage'),
			given('Range (mi)', 'range', { unit: 'km' }),
			given('Tank (gal)', 'tankGal'),
			given('Height (ft)', 'height', { type: 'text' }),
			given('TÜV bis', 'due'),
		];
		const cells = ['100', '7', '20', '9', '31.12.2026'];
		const files = table(['VIN', ...columns.map(({ column }) => column)], ['1M8GDM9AXKP042788', ...cells]);
		const plan = planImport(files, { ...ASKED, mapping: { columns, others: 'recognise', matchBy: 'auto' } });
		const found = new Map(plan.lists[0]?.columns.map((column) => [column.column, column]));
		expect(found.get('Odometer (mi)')).toMatchObject({ field: 'attributes.mileage', unit: 'mi' });
		expect(found.get('Range (mi)')).toMatchObject({ unit: 'km' });
		expect(found.get('Tank (gal)')).not.toHaveProperty('unit');
		expect(found.get('Height (ft)')).not.toHaveProperty('unit');
		expect(found.get('TÜV bis')).toMatchObject({ type: 'date', dateOrder: 'dayFirst' });
	});

	test('one is remembered for the next file with these columns, in whatever order', () => {
		const first: ImportPlan = { dialect: { format: 'csv' }, ...planImport(rows, { ...ASKED, mapping }) };
		const kept = new Map(mappingToRemember(first).map(({ shape, mapping: known }) => [shape, known]));
		const next = planImport(table(['odometer', 'A', 'FZG'], ['1', 'x', '2']), {
			...ASKED,
			remembered: (shape) => kept.get(shape) ?? null,
		});
		expect([...kept.keys()]).toEqual([shapeOf(null, ['A', 'odometer', 'fzg'])]);
		expect(next.source).toBe('remembered');
		expect(next.lists[0]?.columns).toMatchObject([
			{ column: 'FZG', field: 'externalId' },
			{ column: 'A', field: 'name', write: 'keep' },
		]);
	});

	test('what an earlier file told of dates answers for a file that tells nothing, and gives way to one that does', () => {
		const plan = (value: string, known: ImportMapping | null) =>
			planImport(table(['plate', 'Purchase date'], ['x', value]), { ...ASKED, remembered: () => known });
		const first = plan('31/12/2026', null);
		const [kept] = mappingToRemember({ dialect: { format: 'csv' }, ...first });
		const known = kept?.mapping ?? null;
		expect(plan('01/02/2026', null).questions).toHaveLength(1);
		expect(plan('01/02/2026', known)).toMatchObject({ questions: [], source: 'remembered' });
		expect(plan('01/02/2026', known).lists[0]?.columns[1]).toMatchObject({ dateOrder: 'dayFirst' });
		const answer: ImportMapping = {
			columns: [],
			others: 'recognise',
			matchBy: 'auto',
			dateOrder: 'monthFirst',
		};
		const answered = planImport(table(['plate', 'Purchase date'], ['x', '01/02/2026']), {
			...ASKED,
			...{ mapping: answer, remembered: () => known },
		});
		expect(answered.source).toBe('remembered');
		expect(answered.lists[0]?.columns[1]).toMatchObject({ dateOrder: 'monthFirst' });
		expect(plan('12/31/2026', known).lists[0]?.columns[1]).toMatchObject({ dateOrder: 'monthFirst' });
	});

	test('paths lead into objects and lists', () => {
		const given: ImportMapping = {
			...{ others: 'recognise', matchBy: 'auto' },
			columns: [
				{ column: 'ids.0', record: 'vehicle', field: 'externalId' },
				{ column: 'spec.name', record: 'vehicle', field: 'name' },
			],
		};
		const objects = table(['ids', 'spec'], [['7', '8'], { name: 'x', seats: 5 }]);
		expect(fieldsOf(objects, { mapping: given }).flat()).toEqual([
			...['vehicles', 'ids.0 -> vehicle.externalId', 'spec.name -> vehicle.name'],
			'spec.seats -> vehicle.attributes.specSeats',
		]);
	});
});
