import { InvalidFieldError } from '../errors';
import { parseObject, parseWord, pathTo, refuseOthers } from './parse-object';
import type { JsonObject } from './parse-object';
import { parseSeconds, parseTimes } from './parse-quantity';
import { parseAttributeName } from './parse-value';
import { refuseImpossible } from './parsed-part';
import type { ParsedPart, PartParser } from './parsed-part';
import { isChange } from './pattern';
import type { Absence, Pattern } from './pattern';

/** Each time that counts is remembered until it leaves the window. */
const MAX_TIMES = 1_000;

/** `part` is what has to hold for `forSeconds`. @throws InvalidFieldError */
export function parseDuration(part: ParsedPart, forSeconds: unknown, field: string): ParsedPart {
	if (isMomentary(part.pattern)) {
		throw new InvalidFieldError(
			pathTo(field, 'forSeconds'),
			`${field} asks for what happens at one moment, so that it cannot go on for some time`,
			'Leave forSeconds out, count how often it happens, or ask for the state that it leads to.',
		);
	}
	const seconds = parseSeconds(forSeconds, pathTo(field, 'forSeconds'));
	return { ...part, pattern: { holds: part.pattern, forSeconds: seconds } };
}

export function parseCount(object: JsonObject, field: string, parsePart: PartParser): ParsedPart {
	refuseOthers(object, ['count', 'of', 'times', 'withinSeconds'], field);
	const { pattern, required, conditions } = parsePart(object.count, pathTo(field, 'count'));
	refuseImpossible(required);
	const of = parseWord(object.of ?? 'episodes', ['episodes', 'reports'] as const, pathTo(field, 'of'));
	return {
		pattern: {
			count: pattern,
			...(of === 'episodes' ? {} : { of }),
			times: parseTimes(object.times, pathTo(field, 'times'), MAX_TIMES),
			withinSeconds: parseSeconds(object.withinSeconds, pathTo(field, 'withinSeconds')),
		},
		required: [],
		conditions,
	};
}

export function parseSequence(object: JsonObject, field: string, parsePart: PartParser): ParsedPart {
	const isNot = object.thenNot !== undefined && object.thenNot !== null;
	refuseOthers(object, ['first', isNot ? 'thenNot' : 'then', 'withinSeconds'], field);
	const first = parsePart(object.first, pathTo(field, 'first'));
	refuseImpossible(first.required);
	const secondField = pathTo(field, isNot ? 'thenNot' : 'then');
	const second = parsePart(isNot ? object.thenNot : object.then, secondField);
	const withinSeconds = parseSeconds(object.withinSeconds, pathTo(field, 'withinSeconds'));
	const conditions = first.conditions + second.conditions;
	if (!isNot) {
		const pattern = { first: first.pattern, then: second.pattern, withinSeconds };
		return { pattern, required: second.required, conditions };
	}
	refuseImpossible(second.required);
	return {
		pattern: { first: first.pattern, thenNot: second.pattern, withinSeconds },
		required: [],
		conditions,
	};
}

export function parseAbsence(value: unknown, field: string): Absence {
	const object = parseObject(value, field, '{ "forSeconds": 21600 }');
	refuseOthers(object, ['attribute', 'forSeconds'], field);
	const forSeconds = parseSeconds(object.forSeconds, `${field}.forSeconds`);
	if (object.attribute === undefined || object.attribute === null) return { absent: { forSeconds } };
	return { absent: { attribute: parseAttributeName(object.attribute, `${field}.attribute`), forSeconds } };
}

/** Whether a pattern can be met at single moments only. */
function isMomentary(pattern: Pattern): boolean {
	if ('enters' in pattern || 'exits' in pattern) return true;
	if ('all' in pattern) return pattern.all.some(isMomentary);
	if ('any' in pattern) return pattern.any.every(isMomentary);
	if ('operator' in pattern && !('aggregate' in pattern)) return isChange(pattern);
	return false;
}
