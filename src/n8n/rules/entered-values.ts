import type { AttributeValue } from '../../domain/attributes';
import { InvalidFieldError } from '../../domain/errors';
import { typedList, typedValue } from '../typed-value';

/** The name in a locator, or in a plain text; empty when there is none. */
export function nameIn(entered: unknown): string {
	const isLocator = typeof entered === 'object' && entered !== null && 'value' in entered;
	const name = isLocator ? entered.value : entered;
	return typeof name === 'string' || typeof name === 'number' ? String(name).trim() : '';
}

export function isBlank(entered: unknown): boolean {
	return entered === undefined || entered === null || (typeof entered === 'string' && entered.trim() === '');
}

/** One value to compare with. @throws InvalidFieldError when nothing was entered */
export function valueIn(entered: unknown, place: string): AttributeValue {
	if (isBlank(entered)) throw noValue(place);
	return typedValue(entered);
}

/** Always text, digits included; blanks around it only in double quotes. */
export function textIn(entered: unknown, place: string): string {
	if (isBlank(entered)) throw noValue(place);
	if (typeof entered !== 'string') return String(typedValue(entered));
	const text = entered.trim();
	return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** Separated by commas, or as a JSON list. */
export function listIn(entered: unknown, place: string): readonly AttributeValue[] {
	const list = readList(entered);
	if (list.length === 0) throw noValue(place);
	return list;
}

const readList = (entered: unknown) => jsonList(entered) ?? typedList(entered);

export function numberIn(entered: unknown, place: string): number {
	const value = valueIn(entered, place);
	if (typeof value === 'number') return value;
	throw new InvalidFieldError(
		'conditions',
		`${place} compares with '${value}', which is not a number`,
		'Enter a number with a point for decimals, e.g. 12.5, without a unit.',
	);
}

/** A field that may be left empty, 0 meaning the same. What is no number is left to the domain's checks. */
export function optionalNumber(entered: unknown): number | undefined {
	const value = typedValue(entered);
	return value === '' || value === 0 ? undefined : (value as number);
}

/** The entry that `valueIn` reads as `value`. */
export function entryOf(value: AttributeValue): AttributeValue {
	const text = String(value);
	if (!isBlank(text) && typedValue(text) === value) return text;
	return typeof value === 'string' ? `"${value}"` : value;
}

/** The entry that `textIn` reads as `text`. */
export function textEntryOf(text: string): string {
	const isBare = !isBlank(text) && text.trim() === text && !(text.startsWith('"') && text.endsWith('"'));
	return isBare ? text : `"${text}"`;
}

/** The entry that `listIn` reads as `list`. */
export function listEntryOf(list: readonly AttributeValue[]): string {
	const text = list.map(entryOf).join(', ');
	return JSON.stringify(readList(text)) === JSON.stringify(list) ? text : JSON.stringify(list);
}

function jsonList(entered: unknown): readonly AttributeValue[] | null {
	if (typeof entered !== 'string' || !entered.trim().startsWith('[')) return null;
	try {
		const list: unknown = JSON.parse(entered);
		return Array.isArray(list) ? (list as AttributeValue[]) : null;
	} catch {
		return null;
	}
}

function noValue(place: string): InvalidFieldError {
	return new InvalidFieldError(
		'conditions',
		`${place} has no value to compare with`,
		'Enter a value, or use "Has Been Reported" or "Has Never Been Reported", which need none.',
	);
}
