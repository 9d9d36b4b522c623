import { readNumber } from './read-number';

/**
 * What a cell of text stands for: a number where it is written like one (leading zeros make it a code, more than 15
 * digits an id), true or false, else the text without blanks around it.
 */
export function cellValue(text: string): string | number | boolean {
	const trimmed = text.trim();
	const number = mayBeNumber(trimmed) ? readNumber(trimmed) : null;
	if (number !== null) return number;
	const lower = trimmed.toLowerCase();
	if (lower === 'true' || lower === 'false') return lower === 'true';
	return trimmed;
}

function mayBeNumber(text: string): boolean {
	const first = text.charCodeAt(0);
	return (first >= 0x30 && first <= 0x39) || first === 0x2d;
}

/** A number that may be written with a decimal comma, or the cell as it is. */
export function numberOrCell(cell: unknown): unknown {
	if (typeof cell !== 'string') return cell;
	const value = cellValue(/^-?\d+,\d+$/.test(cell.trim()) ? cell.replace(',', '.') : cell);
	return typeof value === 'number' ? value : cell;
}

/** Nearly all cells begin with a letter or digit, which costs less to see than to trim them. */
const beginsPlainly = (cell: string): boolean => {
	const first = cell.charCodeAt(0);
	return first > 0x20 && first < 0x7f;
};

export function isEmptyCell(cell: unknown): boolean {
	if (typeof cell === 'string') return !beginsPlainly(cell) && cell.trim() === '';
	return cell === undefined || cell === null;
}
