import fc from 'fast-check';
import { parseCustomerFields } from '../customer';
import { FleetError } from '../errors';
import { parseTaskFields } from '../task';
import { parseVehicleFields } from '../vehicle';
import type { ImportList } from './list-names';
import { planImport } from './plan-import';
import { rowInterpreter } from './row-interpreter';
import type { SourceRow } from './source-row';
import { ASKED } from './testing/plan';

function interpret(recordType: ImportList, row: SourceRow) {
	const interpreted = rowInterpreter(planImport([row], { ...ASKED, recordType }), recordType)(row);
	return interpreted.ok ? interpreted.records : interpreted.error;
}

describe("a row says the same as the record's own check", () => {
	const text = fc.oneof(
		fc.string(),
		fc.constantFrom('x', '2021', 'a@b.example', '1M8GDM9AXKP042788', 'M-AB 1', '\u0001'),
	);
	const checks = {
		vehicles: [
			parseVehicleFields,
			['vin', 'plate', 'externalId', 'name', 'make', 'model', 'year'],
			'vehicle',
		],
		customers: [parseCustomerFields, ['externalId', 'name', 'email', 'phone'], 'customer'],
		tasks: [parseTaskFields, ['title', 'description'], 'task'],
	} as const;

	test.each(['vehicles', 'customers', 'tasks'] as const)('%s', (kind) => {
		const [parse, names, part] = checks[kind];
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom<string>(...names), fc.oneof(text, fc.integer())), (given) => {
				const filled = Object.entries(given).filter(
					([, cell]) => typeof cell === 'number' || cell.trim() !== '',
				);
				const cells = filled.map(([, cell]) => cell);
				const row = { row: 1, list: null, columns: filled.map(([name]) => name), cells, isText: false };
				if (filled.length === 0) return;
				const plan = planImport([row], { ...ASKED, recordType: kind });
				fc.pre(plan.questions.length === 0);
				const interpreted = rowInterpreter(plan, kind)(row);
				let expected: unknown;
				try {
					expected = parse(Object.fromEntries(filled));
				} catch (error) {
					if (!(error instanceof FleetError)) throw error;
					const message = interpreted.ok ? '' : interpreted.error.message;
					const wrong = `${error.message}. ${error.hint}`;
					// The text of a number may have become one before its check.
					expect(message).toContain(wrong.slice(Math.max(0, wrong.indexOf(' in year '))));
					expect(interpreted.ok).toBe(false);
					return;
				}
				if (interpreted.ok) expect(interpreted.records[part]?.fields).toEqual(expected);
				else expect(interpreted.error.message).toContain('is missing');
			}),
			{ numRuns: 1_000 },
		);
	});
});

test('names that would change prototypes are refused or attributes, and change none', () => {
	const cells = JSON.parse('{"plate": "M-AB 1", "__proto__": {"polluted": 1}, "constructor": "x"}') as object;
	const row: SourceRow = {
		...{ row: 1, list: null, columns: Object.keys(cells), cells: Object.values(cells), isText: false },
	};
	interpret('vehicles', row);
	const columns = ['plate', 'attributes.__proto__', 'attributes.constructor'];
	const own = { ...row, columns, cells: ['M-AB 1', 'x', 'y'] };
	expect(interpret('vehicles', own)).toMatchObject({ column: 'attributes.__proto__' });
	const named = { ...row, columns: ['vehicle', '__proto__', 'time'], cells: ['x', { polluted: 1 }, 1] };
	const status = interpret('statuses', named);
	expect(JSON.stringify(status)).toContain('protoPolluted');
	expect({}).not.toHaveProperty('polluted');
});
