import { cellValue } from './cell-value';
import { isoOf, isPlainDay, looksLikeDate, readDate } from './read-date';
import { numberEvidence } from './read-number';

/** The column in which a file of refused rows says why: ignored when the mended file comes back. */
export const ERROR_COLUMN = 'Import error';

const MARK = "'";
/** What spreadsheets take for the beginning of a formula, and the mark itself. */
const DANGEROUS = /^[=+\-@\t\r']/;
const YES_OR_NO = /^(?:true|false|yes|no|ja|nein|nee|oui|non|s[ií]|tak|nie)$/i;
const CODE = /^0\d+$/;

/** Whether a cell with this text could be taken for something else than this very text. */
function needsMark(text: string): boolean {
	return (
		DANGEROUS.test(text) ||
		text === '' ||
		cellValue(text) !== text ||
		CODE.test(text) ||
		YES_OR_NO.test(text) ||
		(/\d/.test(text) && (numberEvidence(text) !== null || (looksLikeDate(text) && !staysAsDate(text))))
	);
}

/** A date that a column of dates leaves as it is. */
function staysAsDate(text: string): boolean {
	const read = readDate(text);
	return isPlainDay(text) || (read.ok && read.date.offsetMs !== null && isoOf(read.date) === text);
}

/**
 * A text as a cell of a file in which every cell is text (CSV): with an apostrophe before it where it would be read as
 * a number, a day or the like, or where a spreadsheet would run it as a formula. What is a number is not to be marked.
 */
export function markText(text: string): string {
	return needsMark(text) ? MARK + text : text;
}

/** The same for a field that is text whatever stands in it, e.g. an external id: only formulas are defused. */
export function defuseText(text: string): string {
	return DANGEROUS.test(text) ? MARK + text : text;
}

/** The text that a cell was marked to be, or null for a cell without a mark. */
export function unmarkText(cell: string): string | null {
	if (cell.charCodeAt(0) !== 0x27) return null;
	const text = cell.slice(1);
	return needsMark(text) ? text : null;
}
