import fc from 'fast-check';
import type { ImportMode } from '../../src/domain/import';
import { runImport } from '../../src/app/imports/run-import';
import { resumeImport } from '../../src/app/records/imports';
import { openImportBench } from './import-lib';

interface Row {
	readonly vin: string;
	readonly plate: string;
	readonly id: string;
	readonly name: string;
}

const KEYS = ['vin', 'plate', 'id'] as const;
const VINS = ['1M8GDM9AXKP042788', '1FUJGLDR5CLBP8834', 'WDB9634031L000001', 'WDB9634031L000002'];
/** Few values, so that rows clash in every way. */
const row = fc.record<Row>({
	vin: fc.constantFrom('', ...VINS),
	plate: fc.constantFrom('', 'A 1', 'A 2', 'A 3', 'A 4'),
	id: fc.constantFrom('', 'T-1', 'T-2', 'T-3', 'T-4'),
	name: fc.constantFrom('', 'One', 'Two'),
});
const table = fc.array(row, { minLength: 1, maxLength: 12 });

/** The last column keeps rows from being empty. */
const csvOf = (rows: readonly Row[]) =>
	`VIN,plate,external id,name,make\n${rows.map(({ vin, plate, id, name }) => [vin, plate, id, name, 'MAN'].join(',')).join('\n')}\n`;

type Known = Row & { readonly takenFrom: number };

/** One row after the other, as slowly and plainly as can be: the vehicles as they become, and the rows refused. */
function takeEach(known: readonly Row[], rows: readonly Row[], mode: ImportMode) {
	const fleet: Known[] = known.map((one) => ({ ...one, takenFrom: -1 }));
	const refused: number[] = [];
	const counts = { created: 0, updated: 0, unchanged: 0 };
	for (const [index, given] of rows.entries()) {
		const key = (['vin', 'id', 'plate'] as const).find((name) => given[name] !== '');
		const at = key ? fleet.findIndex((one) => one[key] === given[key]) : -1;
		const found = fleet[at];
		const clashes = fleet.some(
			(one, i) => i !== at && KEYS.some((name) => given[name] && one[name] === given[name]),
		);
		const isAgain = found !== undefined && found.takenFrom >= 0;
		const isBarred = found ? mode === 'create' : mode === 'update';
		if (!key || isAgain || isBarred || clashes) refused.push(index + 2);
		else if (!found) {
			fleet.push({ ...given, takenFrom: index });
			counts.created += 1;
		} else {
			const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
			const after = { ...found, ...filled, takenFrom: index };
			const isSame = [...KEYS, 'name' as const].every((name) => after[name] === found[name]);
			counts[isSame ? 'unchanged' : 'updated'] += 1;
			fleet[at] = after;
		}
	}
	return { fleet: fleet.map(({ takenFrom: _, ...fields }) => fields), refused, counts };
}

const BY_THE_CLOCK = { startedAt: 0, endedAt: 0, rowsPerSecond: 0 };

const inOrder = (rows: readonly Row[]) =>
	rows.map((one) => JSON.stringify(KEYS.map((key) => one[key]).concat(one.name))).sort();

test('whatever the rows and the fleet, an import does what taking row after row would', async () => {
	await fc.assert(
		fc.asyncProperty(
			table,
			table,
			fc.constantFrom<ImportMode>('createOrUpdate', 'create', 'update'),
			async (first, second, mode) => {
				const bench = await openImportBench();
				const earlier = takeEach([], first, 'createOrUpdate');
				const before = await bench.take('first.csv', csvOf(first), 'vehicles');
				expect(before).toMatchObject({ rowsCreated: earlier.counts.created });
				const expected = takeEach(earlier.fleet, second, mode);
				const ended = await bench.take('second.csv', csvOf(second), { recordType: 'vehicles', mode });
				const { created, updated, unchanged } = expected.counts;
				expect(ended).toMatchObject({ rowsCreated: created, rowsUpdated: updated, rowsUnchanged: unchanged });
				expect((await bench.errors(ended.id)).map((error) => error.row)).toEqual(expected.refused);
				const text = (value: string | null) => value ?? '';
				const found = (await bench.read(({ vehicles }) => vehicles.find())).map((one) => ({
					...{ vin: text(one.vin), plate: text(one.plate) },
					...{ id: text(one.externalId), name: text(one.name) },
				}));
				expect(inOrder(found)).toEqual(inOrder(expected.fleet));

				await bench.undo(ended.id);
				await resumeImport(bench.deps.fleet, { id: ended.id });
				const again = await runImport(bench.deps, { id: ended.id });
				expect({ ...again, ...BY_THE_CLOCK }).toEqual({ ...ended, ...BY_THE_CLOCK });

				await bench.undo(ended.id);
				await bench.undo(before.id);
				expect(await bench.read(({ vehicles }) => vehicles.count())).toBe(0);
				await bench.close();
			},
		),
		{ numRuns: 60 },
	);
});
