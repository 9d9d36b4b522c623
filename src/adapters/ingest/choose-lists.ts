import { UnreadableFileError } from '../../app/errors';
import { IMPORT_LISTS, listOf } from '../../domain/mapping/list-names';
import { normaliseName } from '../../domain/mapping/normalise-name';
import { isJsonObject, type JsonObject } from '../../domain/parse-status-message-values';
import { JsonScanner } from './json-scanner';

/** What the file is made of, but for the values. */
export interface JsonSurvey {
	/** By dotted path, in the file's order; an empty path: the file is a list itself. */
	readonly lists: ReadonlyMap<string, { elements: number; objects: number }>;
	/** Objects after each other, outside of any list. */
	readonly roots: number;
	/** What stands beside the lists, but for long texts. */
	readonly members: JsonObject;
	/** Names of the file's object that are neither lists nor objects. */
	readonly scalars: readonly string[];
}

export interface ChosenList {
	/** Null: the file's own values. */
	readonly path: string | null;
	/** What its rows are said to stand in. */
	readonly name: string | null;
	readonly elements: number;
}

export interface ChosenLists {
	/** In the order in which their records can refer to each other. */
	readonly lists: readonly ChosenList[];
	/** Lists beside them whose names say nothing. */
	readonly strangers: readonly string[];
}

const MAX_LISTS = 1_000;
const MAX_MEMBERS = 1_000;
/** Names under which interfaces deliver their one list. */
const WRAPPERS = new Set(['data', 'items', 'records', 'results', 'rows', 'value']);
/** An object that bears one of these is a record, and the lists in it are parts of it. */
const IDENTIFYING = new Set(
	['vin', 'plate', 'licensePlate', 'externalId', 'vehicleId', 'deviceId', 'eventId', 'messageId'].map(
		normaliseName,
	),
);

export async function surveyJson(content: AsyncIterable<Buffer>): Promise<JsonSurvey> {
	const lists = new Map<string, { elements: number; objects: number }>();
	const members: Record<string, unknown> = {};
	const scalars: string[] = [];
	let membersLeft = MAX_MEMBERS;
	let others = 0;
	const scanner = new JsonScanner({
		wants: () => false,
		list(path) {
			if (path === '') others += 1;
			if (lists.size < MAX_LISTS && !lists.has(path)) lists.set(path, { elements: 0, objects: 0 });
		},
		element(path, isObject) {
			if (path === null && !isObject) others += 1;
			const list = path === null ? undefined : lists.get(path);
			if (!list) return;
			list.elements += 1;
			if (isObject) list.objects += 1;
		},
		member(path, bytes) {
			const [name = ''] = path;
			if (path.length === 1 && scalars.length < MAX_LISTS) scalars.push(name);
			if (bytes && membersLeft-- > 0) setMember(members, path, bytes);
		},
	});
	for await (const bytes of content) scanner.push(bytes);
	scanner.end();
	return { lists, roots: scanner.roots - others, members, scalars };
}

function setMember(members: Record<string, unknown>, path: readonly string[], bytes: Buffer): void {
	// Assigning to it would change an object's prototype.
	if (path.includes('__proto__')) return;
	let parent = members;
	for (const name of path.slice(0, -1)) {
		const inner = Object.hasOwn(parent, name) ? parent[name] : undefined;
		parent = isJsonObject(inner) ? inner : (parent[name] = {});
	}
	try {
		parent[path.at(-1) ?? ''] = JSON.parse(bytes.toString());
	} catch {
		// A value that is no JSON is of no use, and does no harm beside the list.
	}
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('.')));
const nameOf = (path: string) => path.slice(path.lastIndexOf('.') + 1);

function chooseNamed(survey: JsonSurvey): ChosenLists | null {
	const known = [...survey.lists].filter(([path]) => listOf(nameOf(path)) !== null);
	const [first] = known;
	if (!first) return null;
	// Those of the object that has most of them, or the outermost, as lists in different objects are different things.
	const parents = known.map(([path]) => parentOf(path));
	const count = (parent: string) => parents.filter((other) => other === parent).length;
	const parent = parents.reduce((best, other) => (count(other) > count(best) ? other : best));
	const rank = ({ path }: ChosenList) => IMPORT_LISTS.indexOf(listOf(nameOf(path ?? '')) ?? 'customers');
	const lists = known
		.filter(([path]) => parentOf(path) === parent)
		.map(([path, { elements }]) => ({ path, name: nameOf(path), elements }))
		.sort((a, b) => rank(a) - rank(b));
	const strangers = [...survey.lists.keys()].filter(
		(path) => parentOf(path) === parent && listOf(nameOf(path)) === null,
	);
	return { lists, strangers: strangers.map(nameOf) };
}

function largest(survey: JsonSurvey): ChosenList | null {
	let best: (ChosenList & { objects: number }) | null = null;
	for (const [path, { elements, objects }] of survey.lists) {
		const isList = objects > 0 || (elements === 0 && WRAPPERS.has(nameOf(path).toLowerCase()));
		if (isList && (!best || objects > best.objects)) best = { path, name: null, elements, objects };
	}
	return best;
}

/**
 * Which lists of a JSON file are its rows: the one that is asked for; lists with names that mean records; else the
 * largest list of objects, wherever it is. An object without such lists, or one that is a record, is one row.
 * Throws `UnreadableFileError` when there is no list where one is asked for.
 */
export function chooseLists(survey: JsonSurvey, listPath: string | undefined): ChosenLists {
	if (listPath !== undefined) {
		const list = survey.lists.get(listPath);
		if (list) return { lists: [{ path: listPath, name: null, elements: list.elements }], strangers: [] };
		const paths = [...survey.lists.keys()].slice(0, 20).map((path) => `'${path}'`);
		throw new UnreadableFileError(
			`The file has no list at '${listPath}'`,
			paths.length > 0 ? `Its lists are ${paths.join(', ')}.` : 'It has no lists at all.',
		);
	}
	const own = { lists: [{ path: null, name: null, elements: survey.roots }], strangers: [] };
	if (survey.roots > 1 || survey.scalars.some((name) => IDENTIFYING.has(normaliseName(name)))) return own;
	const named = chooseNamed(survey);
	if (named) return named;
	const list = largest(survey);
	return list ? { lists: [list], strangers: [] } : own;
}
