import { isAbsent } from '../parse-status-message-values';
import type { Paths } from './message-format';

/** A JSON value at a place in a message; undefined where there is none. `root` is the payload that it came in. */
export type PathReader = (message: unknown, root: unknown) => unknown;

const ROOT = '$.';

export const pathsOf = (paths: Paths | undefined): readonly string[] =>
	paths === undefined ? [] : typeof paths === 'string' ? [paths] : paths;

/** The first value that is given at any of the paths; undefined when there is none. */
export function pathReader(paths: Paths | undefined): PathReader {
	const readers = pathsOf(paths).map(readerOf);
	const [only] = readers;
	if (only === undefined) return () => undefined;
	if (readers.length === 1) return only;
	return (message, root) => {
		for (const read of readers) {
			const value = read(message, root);
			if (!isAbsent(value)) return value;
		}
		return undefined;
	};
}

/** The path at which a value is given, else the first one: what an error calls it. */
export function givenPath(paths: Paths | undefined, message: unknown, root: unknown): string {
	const all = pathsOf(paths);
	const given = all.find((path) => !isAbsent(readerOf(path)(message, root)));
	return plainPath(given ?? all[0] ?? '');
}

export const isRootPath = (path: string): boolean => path.startsWith(ROOT);

export const plainPath = (path: string): string => (isRootPath(path) ? path.slice(ROOT.length) : path);

function readerOf(path: string): PathReader {
	const read = valueReader(plainPath(path));
	return isRootPath(path) ? (_, root) => read(root) : read;
}

function valueReader(path: string): (from: unknown) => unknown {
	const names = path.split('.');
	if (names.length === 1) return (from) => fieldOf(from, path);
	return (from) => {
		let value = from;
		for (const name of names) value = fieldOf(value, name);
		return value === undefined ? fieldOf(from, path) : value;
	};
}

/** Of objects and lists only, and never what they inherit. */
export function fieldOf(from: unknown, name: string): unknown {
	if (typeof from !== 'object' || from === null) return undefined;
	const value = (from as Readonly<Record<string, unknown>>)[name];
	return typeof value === 'function' || value === Object.prototype ? undefined : value;
}
