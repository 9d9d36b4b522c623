const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;

/**
 * What a cell of text stands for: a number where it is written like one (leading zeros make it a code, more than 15
 * digits an id), true or false, else the text without blanks around it.
 */
export function cellValue(text: string): string | number | boolean {
	const trimmed = text.trim();
	if (NUMBER.test(trimmed)) return Number(trimmed);
	const lower = trimmed.toLowerCase();
	if (lower === 'true' || lower === 'false') return lower === 'true';
	return trimmed;
}

/** A number that may be written with a decimal comma, or the cell as it is. */
export function numberOrCell(cell: unknown): unknown {
	if (typeof cell !== 'string') return cell;
	const value = cellValue(/^-?\d+,\d+$/.test(cell.trim()) ? cell.replace(',', '.') : cell);
	return typeof value === 'number' ? value : cell;
}

export function isEmptyCell(cell: unknown): boolean {
	return cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');
}
