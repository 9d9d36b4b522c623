import type { GeofenceFields } from '../geofence';
import { parseGeofenceFields } from '../geofences/parse-geofence';
import { kindOf, parseObject, refuseOthers } from '../rules/parse-object';
import type { JsonObject } from '../rules/parse-object';
import { parseRuleFields } from '../rules/parse-rule';
import { InvalidFieldError } from '../errors';
import { parseFileScope } from './file-scope';
import { problem, problemOf, readText } from './read-text';
import type { ReadText } from './read-text';
import type { FileProblem, FileRule, RuleFile, TextPlace } from './rule-file';

export interface ParsedRuleFile {
	/** What is good. */
	readonly file: RuleFile;
	/** Why the rest is not, in the order of the file. */
	readonly problems: readonly FileProblem[];
	/** Where each good rule begins, by its name. */
	readonly places: ReadonlyMap<string, TextPlace>;
}

const HINT = 'Give { rules: [...], geofences: [...] }, a list of rules, or one rule.';

/**
 * Reads rules, and the geofences that they use, from YAML or JSON: `rules:` and `geofences:`, a list of rules, or one
 * rule alone. Never throws: each wrong part is told with its place, and the others are read all the same.
 */
export function parseRuleFile(text: string): ParsedRuleFile {
	const read = readText(text);
	if ('problems' in read) {
		return { file: { rules: [], geofences: [] }, problems: read.problems, places: new Map() };
	}
	const problems: FileProblem[] = [];
	const parts = partsOf(read, problems);
	const places = new Map<string, TextPlace>();
	const rules = readEach(
		read,
		parts.rules,
		problems,
		(input) => {
			const rule = parseFileRule(input);
			if (places.has(rule.name)) throw givenTwice('rule', rule.name);
			return rule;
		},
		(rule, place) => places.set(rule.name, place),
	);
	const names = new Set<string>();
	const geofences = readEach(
		read,
		parts.geofences,
		problems,
		(input): GeofenceFields => {
			const geofence = parseGeofenceFields(
				parseObject(input, '', '{ name: Yard, shape: ... }', 'the geofence'),
			);
			if (names.has(geofence.name)) throw givenTwice('geofence', geofence.name);
			return geofence;
		},
		({ name }) => names.add(name),
	);
	const { description } = parts;
	const file = { ...(description === undefined ? {} : { description }), rules, geofences };
	problems.sort((a, b) => a.line - b.line || a.column - b.column);
	return { file, problems, places };
}

/**
 * One rule in the form of a file.
 * @throws InvalidFieldError
 */
function parseFileRule(input: unknown): FileRule {
	const { scope, ...rest } = parseObject(input, '', '{ name: Low fuel, pattern: ... }', 'the rule');
	return { ...parseRuleFields(rest), scope: parseFileScope(scope) };
}

interface Parts {
	readonly description?: string;
	readonly rules: readonly Part[];
	readonly geofences: readonly Part[];
}

/** A part of the file and its path there. */
interface Part {
	readonly input: unknown;
	readonly base: string;
}

function partsOf(read: ReadText, problems: FileProblem[]): Parts {
	const { value } = read;
	if (Array.isArray(value)) return { rules: partList(value, ''), geofences: [] };
	if (isObject(value) && 'pattern' in value) return { rules: [{ input: value, base: '' }], geofences: [] };
	if (!isObject(value) || Object.keys(value).length === 0) {
		const message = `The file holds ${value === null ? 'nothing' : kindOf(value)}`;
		problems.push(problem(read.placeOf(''), null, '', message, HINT));
		return { rules: [], geofences: [] };
	}
	try {
		refuseOthers(value, ['description', 'rules', 'geofences'], '', 'the file');
	} catch (error) {
		problems.push(problemOf(read, error, '', null));
	}
	const list = (name: 'rules' | 'geofences'): readonly Part[] => {
		const entries = value[name] ?? [];
		if (Array.isArray(entries)) return partList(entries, name);
		const message = `${name} is ${kindOf(entries)}, not a list`;
		problems.push(problem(read.placeOf(name), null, name, message, 'Begin each entry with "- ".'));
		return [];
	};
	const { description } = value;
	return {
		...(typeof description === 'string' ? { description } : {}),
		rules: list('rules'),
		geofences: list('geofences'),
	};
}

const partList = (list: readonly unknown[], base: string): readonly Part[] =>
	list.map((input, index) => ({ input, base: `${base}[${index}]` }));

function readEach<T>(
	read: ReadText,
	parts: readonly Part[],
	problems: FileProblem[],
	parse: (input: unknown) => T,
	taken: (parsed: T, place: TextPlace) => void,
): T[] {
	return parts.flatMap(({ input, base }) => {
		try {
			const parsed = parse(input);
			taken(parsed, read.placeOf(base));
			return [parsed];
		} catch (error) {
			const name = isObject(input) && typeof input.name === 'string' ? input.name : null;
			problems.push(problemOf(read, error, base, name));
			return [];
		}
	});
}

function givenTwice(record: string, name: string): InvalidFieldError {
	return new InvalidFieldError(
		'name',
		`Another ${record} of this file is named '${name}'`,
		`Give each ${record} a name of its own.`,
	);
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
