import { InvalidFieldError } from '../errors';
import { OPERATORS, otherOperator } from './operator-spellings';
import { parseAggregate } from './parse-aggregate';
import { parseChange } from './parse-change';
import { parseComparison } from './parse-comparison';
import { GEOFENCE_KINDS, parseGeofencePattern } from './parse-geofence-pattern';
import { parseList, parseObject, parseWord, pathTo, refuseOthers } from './parse-object';
import type { JsonObject } from './parse-object';
import { parseSchedule } from './parse-schedule';
import { parseAbsence, parseCount, parseDuration, parseSequence } from './parse-stateful';
import { parseAttributeName } from './parse-value';
import { refuseImpossible } from './parsed-part';
import type { ParsedPart, PartParser } from './parsed-part';
import { CHANGE_OPERATORS } from './pattern';
import type { ChangeOperator, Pattern } from './pattern';

const MAX_DEPTH = 100;
const MAX_CONDITIONS = 200;
const EXAMPLE = '{ "attribute": "fuelLevel", "operator": "lt", "value": 15 }';

/** The names by which the parts are told apart; without any of them a part compares an attribute. */
const KINDS = [
	...(['all', 'any', 'not', 'holds', 'count', 'aggregate', 'absent', 'schedule', 'first'] as const),
	...GEOFENCE_KINDS,
];
const COMPARISON_FIELDS = ['attribute', 'operator', 'value', 'of', 'unit', 'forSeconds'];

/**
 * Checks a pattern and brings it into its normal form: `forSeconds` beside any part stands for `holds` around it.
 * @throws InvalidFieldError with the path of the part that is wrong or, beside the other parts of its `all`, can
 * never be met
 */
export function parsePattern(value: unknown, field: string): Pattern {
	const { pattern, required, conditions } = parsePart(value, field, 1);
	if (conditions > MAX_CONDITIONS) {
		throw new InvalidFieldError(
			field,
			`${field} has ${conditions} conditions, more than ${MAX_CONDITIONS}`,
			"Use 'in' for many values of one attribute, or make several rules of it.",
		);
	}
	refuseImpossible(required);
	return pattern;
}

function parsePart(value: unknown, field: string, depth: number): ParsedPart {
	const object = parseObject(value, field, EXAMPLE);
	if (depth > MAX_DEPTH) {
		throw new InvalidFieldError(
			field,
			`${field} is nested deeper than ${MAX_DEPTH} levels`,
			'Join the conditions in fewer steps, or make several rules of it.',
		);
	}
	const parseInner: PartParser = (part, path) => parsePart(part, path, depth + 1);
	const kind = KINDS.find((name) => object[name] !== undefined);
	const { forSeconds, ...rest } = object;
	if (kind !== 'holds' && forSeconds !== undefined && forSeconds !== null) {
		return parseDuration(parseInner(rest, field), forSeconds, field);
	}
	switch (kind) {
		case undefined:
			return parseCondition(rest, field);
		case 'holds':
			refuseOthers(object, ['holds', 'forSeconds'], field);
			return parseDuration(parseInner(object.holds, pathTo(field, 'holds')), forSeconds, field);
		case 'count':
			return parseCount(rest, field, parseInner);
		case 'first':
			return parseSequence(rest, field, parseInner);
		case 'aggregate':
			return condition(parseAggregate(rest, field));
		default:
			refuseOthers(rest, [kind], field);
	}
	const inner = pathTo(field, kind);
	switch (kind) {
		case 'all':
		case 'any':
			return parseJoined(kind, object[kind], inner, parseInner);
		case 'not': {
			const { pattern, required, conditions } = parseInner(object.not, inner);
			refuseImpossible(required);
			return { pattern: { not: pattern }, required: [], conditions };
		}
		case 'absent':
			return condition(parseAbsence(object.absent, inner));
		case 'schedule':
			return condition({ schedule: parseSchedule(object.schedule, inner) });
		default:
			return condition(parseGeofencePattern(kind, object[kind], inner));
	}
}

function parseJoined(kind: 'all' | 'any', value: unknown, field: string, parseInner: PartParser): ParsedPart {
	const parts = parseList(value, field, MAX_CONDITIONS).map((part, i) => parseInner(part, `${field}[${i}]`));
	const patterns = parts.map((part) => part.pattern);
	const conditions = parts.reduce((sum, part) => sum + part.conditions, 0);
	if (kind === 'all') {
		return { pattern: { all: patterns }, required: parts.flatMap((part) => part.required), conditions };
	}
	for (const { required } of parts) refuseImpossible(required);
	return { pattern: { any: patterns }, required: [], conditions };
}

function parseCondition(object: JsonObject, field: string): ParsedPart {
	refuseOthers(object, [...COMPARISON_FIELDS, ...KINDS], field);
	const attribute = parseAttributeName(object.attribute, pathTo(field, 'attribute'));
	const operator = parseWord(object.operator, OPERATORS, pathTo(field, 'operator'), otherOperator);
	if (isChangeOperator(operator)) return condition(parseChange(object, field, attribute, operator));
	const comparison = parseComparison(object, field, attribute, operator);
	return { pattern: comparison, required: [{ comparison, field }], conditions: 1 };
}

function isChangeOperator(operator: string): operator is ChangeOperator {
	return (CHANGE_OPERATORS as readonly string[]).includes(operator);
}

function condition(pattern: Pattern): ParsedPart {
	return { pattern, required: [], conditions: 1 };
}
