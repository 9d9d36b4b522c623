import { UnreadableFileError } from '../../app/errors';
import { guessList } from '../../domain/mapping/recognise-list';

/** The first rows of a table, with the numbers that they have in the file. */
export interface SampleRow {
	readonly row: number;
	readonly cells: readonly unknown[];
}

type CellKind = 'empty' | 'vin' | 'date' | 'number' | 'digits' | 'text';

const VIN = /^(?=(?:[^\d]*\d){4})(?=.*[A-Z])[A-HJ-NPR-Z0-9]{17}$/;
const DATE = /^(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?|\d{1,2}[./]\d{1,2}[./]\d{4}(?: \d{1,2}:\d{2}.*)?)$/;
/** Too long for a year or for the number of a column, or with decimals. */
const NUMBER = /^-?(?:\d+[.,]\d+|\d{5,15})$/;
const MAX_TITLE_ROWS = 20;

function cellText(cell: unknown): string {
	return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}

function kindOf(cell: unknown): CellKind {
	if (cell === undefined || cell === null) return 'empty';
	const text = cellText(cell).trim();
	if (text === '') return 'empty';
	if (VIN.test(text)) return 'vin';
	if (DATE.test(text)) return 'date';
	if (NUMBER.test(text)) return 'number';
	return /^-?\d+$/.test(text) ? 'digits' : 'text';
}

const isFilled = (kind: CellKind) => kind !== 'empty';
const isValue = (kind: CellKind) => kind !== 'empty' && kind !== 'text';

function filledWidth(kinds: readonly CellKind[]): number {
	return kinds.findLastIndex(isFilled) + 1;
}

/** The value that most have, of those that as many have the greatest; 0 for none. */
export function commonest(numbers: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
	const sorted = [...counts].sort(([a, many], [b, more]) => more - many || b - a);
	return sorted[0]?.[0] ?? 0;
}

/** Whether most of what stands below in some column is a value, as under the name of a column. */
function namesValues(below: readonly (readonly CellKind[])[], width: number): boolean {
	return Array.from({ length: width }, (_, column) => below.map((kinds) => kinds[column] ?? 'empty')).some(
		(kinds) => {
			const filled = kinds.filter(isFilled);
			return filled.length > 0 && filled.filter(isValue).length * 2 > filled.length;
		},
	);
}

/** Whether a row is like those below it in cells that no column is named by. */
function isData(first: readonly CellKind[], below: readonly (readonly CellKind[])[]): boolean {
	if (first.includes('vin')) return true;
	const telling = first.flatMap((kind, column) => {
		if (kind !== 'date' && kind !== 'number') return [];
		const others = below.map((kinds) => kinds[column] ?? 'empty').filter(isFilled);
		const isSame = others.length > 0 && others.every((other) => other === kind);
		return isSame ? [kind] : [];
	});
	return below.length >= 2 && (telling.includes('date') || telling.length >= 2);
}

/**
 * Which row names the columns: the first, unless the first rows are evidently a title above the names, or evidently
 * data already, for which it gives 0. A wrong guess would cost a row, so in doubt it is the first; throws
 * `UnreadableFileError` where that cannot be, as it has values only.
 */
export function findHeader(rows: readonly SampleRow[]): number {
	const kinds = rows.map(({ cells }) => cells.map(kindOf));
	const [first] = rows;
	if (!first) return 1;
	const names = (at: number) => rows[at]?.cells.map(cellText) ?? [];
	const isKnown = (at: number) => guessList(names(at)) !== null;
	const width = commonest(kinds.map(filledWidth));
	const at = kinds.findIndex((row) => row.filter(isFilled).length >= Math.max(2, width * 0.6));
	const firstKinds = kinds[0] ?? [];
	if (at === 0 && !isKnown(0) && isData(firstKinds, kinds.slice(1))) return 0;
	if (!firstKinds.includes('text')) {
		throw new UnreadableFileError(
			'The file has no header: its first row holds values, no names',
			'Put the names of the columns into its first row, or say that there are none (header row 0).',
		);
	}
	if (at <= 0 || at > MAX_TITLE_ROWS) return first.row;
	const candidate = kinds[at] ?? [];
	const count = candidate.filter(isFilled).length;
	const isBelowTitles = kinds.slice(0, at).every((row) => {
		const filled = row.filter(isFilled).length;
		return filled <= 2 && filled < count;
	});
	const spelt = names(at).filter((name) => name.trim() !== '');
	const isNames = !candidate.some(isValue) && new Set(spelt).size === spelt.length;
	const isEvident = isKnown(at) || (count >= 3 && namesValues(kinds.slice(at + 1), candidate.length));
	return isBelowTitles && isNames && isEvident ? (rows[at]?.row ?? first.row) : first.row;
}
