import { InvalidFieldError } from '../errors';
import { parseList, parseObject, parseWord, refuseOthers } from './parse-object';
import { parsePattern } from './parse-pattern';
import { parseSeconds } from './parse-quantity';
import { SEVERITIES } from './rule';
import type { Escalation } from './rule';

const MAX_ESCALATIONS = 10;

/** @throws InvalidFieldError with the path of the escalation's part that is wrong */
export function parseEscalations(value: unknown): readonly Escalation[] {
	if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return [];
	return parseList(value, 'escalations', MAX_ESCALATIONS).map((escalation, i) =>
		parseEscalation(escalation, `escalations[${i}]`),
	);
}

function parseEscalation(value: unknown, field: string): Escalation {
	const object = parseObject(value, field, '{ "severity": "critical", "afterSeconds": 3600 }');
	refuseOthers(object, ['severity', 'when', 'afterSeconds'], field);
	const severity = parseWord(object.severity, SEVERITIES, `${field}.severity`);
	const [hasWhen, hasAfter] = [object.when ?? null, object.afterSeconds ?? null].map((it) => it !== null);
	if (hasWhen === hasAfter) {
		throw new InvalidFieldError(
			field,
			hasWhen
				? `${field} has both a condition and a time`
				: `${field} does not say when the severity becomes ${severity}`,
			'Give one of both: "when" for a condition, "afterSeconds" for a time. Make two entries of it for both.',
		);
	}
	return hasWhen
		? { severity, when: parsePattern(object.when, `${field}.when`) }
		: { severity, afterSeconds: parseSeconds(object.afterSeconds, `${field}.afterSeconds`) };
}
