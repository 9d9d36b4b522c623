import { isDeepStrictEqual } from 'node:util';
import type { Attributes } from '../../domain/attributes';

/** Merges attributes into those that the record has, and leaves out what would change nothing. */
export function realChanges<F extends object>(record: F, changes: Partial<F>): Partial<F> {
	const merged: Partial<F> = { ...changes };
	if (hasAttributes(record) && hasAttributes(merged)) {
		Object.assign(merged, { attributes: { ...record.attributes, ...merged.attributes } });
	}
	const names = Object.keys(merged) as (keyof F)[];
	for (const name of names) {
		if (isDeepStrictEqual(merged[name], record[name])) delete merged[name];
	}
	return merged;
}

function hasAttributes(record: object): record is { attributes: Attributes } {
	return 'attributes' in record && record.attributes !== undefined;
}

export function isEmpty(changes: object): boolean {
	return Object.keys(changes).length === 0;
}
