import { isAbsent, isJsonObject, MAX_TEXT_LENGTH } from '../parse-status-message-values';
import { fieldPaths } from './compile-mapping';
import type { FieldMapping } from './message-format';
import { isRootPath, pathReader, pathsOf, plainPath } from './read-path';

/**
 * A payload that reads as this one message of `payload`: the message by itself, or, where the mapping begins at the
 * payload, with as much of that as the mapping asks for.
 */
export function messageAlone(mapping: FieldMapping, message: unknown, payload: unknown): unknown {
	const items = pathsOf(mapping.items).find((path) => !isAbsent(pathReader(path)(payload, payload)));
	if (items === undefined) return message;
	const only: Record<string, unknown> = {};
	const paths = [...fieldPaths(mapping), ...(mapping.attributes ?? []).flatMap(({ path }) => pathsOf(path))];
	for (const path of paths.filter(isRootPath)) {
		const value = pathReader(path)(message, payload);
		if (!isAbsent(value)) place(only, plainPath(path), inBrief(value));
	}
	place(only, items, [message]);
	return only;
}

/**
 * Enough of a value to read the same: no message takes more of one. It is kept with each message, and a payload may
 * have thousands of them.
 */
function inBrief(value: unknown): unknown {
	if (typeof value === 'string') return value.slice(0, MAX_TEXT_LENGTH + 1);
	if (Array.isArray(value)) return [];
	return isJsonObject(value) ? {} : value;
}

function place(into: Record<string, unknown>, path: string, value: unknown): void {
	const names = path.split('.');
	let at = into;
	for (const name of names.slice(0, -1)) {
		const next = isJsonObject(at[name]) ? { ...at[name] } : {};
		at[name] = next;
		at = next;
	}
	at[names.at(-1) ?? path] = value;
}
