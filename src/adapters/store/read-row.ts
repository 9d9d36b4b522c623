import type { Attributes } from '../../domain/attributes';
import type { Row } from './session';

/** Values of a raw row, as both databases give them. */
export const numberOf = (row: Row, column: string): number => Number(row[column]);
export const textOf = (row: Row, column: string): string => row[column] as string;

export function numberOrNull(row: Row, column: string): number | null {
	const value = row[column];
	return value === null || value === undefined ? null : Number(value);
}

export function textOrNull(row: Row, column: string): string | null {
	const value = row[column];
	return typeof value === 'string' ? value : null;
}

/** What is stored was checked when it was written; `T` is the writer's type. */
export function jsonOf<T>(row: Row, column: string): T {
	return JSON.parse(textOf(row, column)) as T;
}

export function jsonOrNull<T>(row: Row, column: string): T | null {
	const stored = textOrNull(row, column);
	return stored === null ? null : (JSON.parse(stored) as T);
}

export const attributesOf = (row: Row): Attributes => jsonOf<Attributes>(row, 'attributes');
