import { unitConverter } from '../message-formats/convert-value';
import { cellValue, numberOrCell } from './cell-value';
import type { ColumnMapping, DecimalMark } from './import-mapping';
import { instantOf, isoOf, isPlainDay, looksLikeDate, readDate } from './read-date';
import { readNumber } from './read-number';
import { unmarkText } from './text-marker';

/** What a cell stands for; the cell is not empty. Throws `CellError` or `InvalidFieldError` for what it cannot be. */
export type CellReader = (cell: unknown) => unknown;

/** A cell that cannot be read as its column's mapping says. */
export class CellError extends Error {}

export interface ReadContext {
	/** Every cell of the table is text, whatever it stands for. */
	readonly isText: boolean;
	/** Of days and times without one. */
	readonly timeZone: string | undefined;
}

const asItIs: CellReader = (cell) => cell;

/** For a field that is text, or a reference: a marked text without its mark. */
export const textReader = ({ isText }: ReadContext): CellReader =>
	isText ? (cell) => (typeof cell === 'string' ? (unmarkText(cell) ?? cell) : cell) : asItIs;

const wrongNotation = (text: string, mark: DecimalMark): CellError =>
	new CellError(
		`'${text.slice(0, 50)}' is no number with a decimal ${mark}, as this column's numbers are read: ` +
			`write it as ${mark === 'comma' ? '1234,56' : '1234.56'}`,
	);

const otherMark = (mark: DecimalMark): DecimalMark => (mark === 'comma' ? 'point' : 'comma');

/** A number as the column writes it; null for what is none in any notation. Throws for one in another notation. */
function numberIn(text: string, mark: DecimalMark): number | null {
	const number = readNumber(text, mark);
	if (number === null && readNumber(text, otherMark(mark)) !== null) throw wrongNotation(text, mark);
	return number;
}

/** For a field that is a number: without a notation, a decimal point or comma. What is no number stays as it is. */
export function numberReader({ decimalMark }: ColumnMapping, context: ReadContext): CellReader {
	const read = textReader(context);
	return (cell) => {
		const value = read(cell);
		if (typeof value !== 'string') return value;
		return decimalMark === undefined ? numberOrCell(value) : (numberIn(value, decimalMark) ?? value);
	};
}

const WORDS: ReadonlyMap<string, boolean> = new Map([
	...['true', 'yes', 'ja', 'oui', 'si', 'sí', 'tak'].map((word) => [word, true] as const),
	...['false', 'no', 'nein', 'nee', 'non', 'nie'].map((word) => [word, false] as const),
]);

const wordOrValue = (text: string) => WORDS.get(text.trim().toLowerCase()) ?? cellValue(text);

/** For an attribute. */
export function attributeReader(mapping: ColumnMapping, context: ReadContext): CellReader {
	const { type, unit, dateOrder, decimalMark } = mapping;
	const read = plainReader(mapping, context);
	const convert = unit === undefined ? null : unitConverter(unit);
	if (convert !== null) {
		return (cell) => {
			const text = context.isText && typeof cell === 'string' ? (unmarkText(cell) ?? cell) : cell;
			const number = typeof text === 'string' && decimalMark ? numberIn(text, decimalMark) : null;
			return convert(number ?? text, mapping.column);
		};
	}
	if (!context.isText && type !== 'date' && dateOrder === undefined && decimalMark === undefined)
		return asItIs;
	return (cell) => {
		if (typeof cell !== 'string') return cell;
		const text = context.isText ? unmarkText(cell) : null;
		return text ?? read(cell);
	};
}

function plainReader(mapping: ColumnMapping, { timeZone, isText }: ReadContext): (text: string) => unknown {
	const { type, dateOrder, decimalMark } = mapping;
	const plain = isText ? cellValue : (text: string) => text;
	if (type === 'text') return (text) => text.trim();
	if (type === 'boolean') return wordOrValue;
	if (type === 'date' || dateOrder !== undefined) {
		const isStrict = type === 'date';
		return (text) => {
			if (isPlainDay(text)) return text;
			const day = readDate(text, dateOrder);
			if (day.ok) return isoOf(day.date, timeZone);
			if (isStrict || looksLikeDate(text)) throw new CellError(day.reason);
			return plain(text);
		};
	}
	if (decimalMark === undefined) return plain;
	return (text) => {
		const number = numberIn(text, decimalMark);
		if (number !== null) return number;
		const value = plain(text);
		// In the other notation it would be another number, or a code.
		return typeof value === 'number' ? text.trim() : value;
	};
}

const EPOCH = /^\s*\d{9,}(?:\.\d+)?\s*$/;
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;
const ISO = /^\s*\d{4}-\d{2}-\d{2}/;

/** For a point in time: ISO 8601, or what the domain reads as seconds or milliseconds since 1970. */
export function instantReader({ dateOrder }: ColumnMapping, context: ReadContext): CellReader {
	const { timeZone } = context;
	const read = textReader(context);
	return (cell) => {
		const text = read(cell);
		if (typeof text !== 'string' || UTC.test(text) || EPOCH.test(text)) return text;
		const day = readDate(text, dateOrder);
		if (!day.ok) throw new CellError(day.reason);
		// What names its moment is kept as it was sent: the same message has the same text wherever it comes from.
		const isPlain = ISO.test(text) && (day.date.offsetMs !== null || timeZone === undefined);
		return isPlain ? text.trim() : new Date(instantOf(day.date, timeZone)).toISOString();
	};
}
