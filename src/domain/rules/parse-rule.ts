import { required, text } from '../field-parsers';
import { parseActions } from './parse-actions';
import { parseEscalations } from './parse-escalations';
import { parseFire } from './parse-fire';
import { parseObject, parseWord, refuseOthers } from './parse-object';
import { parsePattern } from './parse-pattern';
import { parseFlag, parseSeconds } from './parse-quantity';
import { parseScope } from './parse-scope';
import { refuseContradictions } from './refuse-contradictions';
import { SEVERITIES } from './rule';
import type { RuleFields } from './rule';

const FIELDS = [
	...(['name', 'severity', 'enabled', 'scope', 'pattern', 'maxGapSeconds', 'clear'] as const),
	...(['escalations', 'fire', 'actions'] as const),
];
/** The store's own: ignored, so that a rule that was read can be written back. */
const STAMPS = ['id', 'version', 'shadowOf', 'createdAt', 'updatedAt'] as const;
const MAX_NAME_LENGTH = 200;

const parseName = required(text(MAX_NAME_LENGTH));

/**
 * A rule's fields from JSON, in their normal form: what is null or says nothing is left out. Name and pattern have to
 * be given; the rest defaults to: warning, enabled, all vehicles, once whenever the pattern becomes met, no actions.
 * @throws InvalidFieldError with the dotted path of what is wrong, e.g. `pattern.all[1].value`
 */
export function parseRuleFields(input: unknown): RuleFields {
	const object = parseObject(input, 'rule', '{ "name": "Low fuel", "pattern": { ... } }');
	const fields = Object.fromEntries(
		Object.entries(object).filter(
			([name, value]) => value !== null && !STAMPS.some((stamp) => stamp === name),
		),
	);
	refuseOthers(fields, FIELDS, '');
	const { severity, maxGapSeconds, clear } = fields;
	const escalations = parseEscalations(fields.escalations);
	const rule: RuleFields = {
		name: parseName(fields.name ?? null, 'name'),
		severity: severity === undefined ? 'warning' : parseWord(severity, SEVERITIES, 'severity'),
		enabled: parseFlag(fields.enabled, 'enabled', true),
		scope: parseScope(fields.scope),
		pattern: parsePattern(fields.pattern, 'pattern'),
		...(maxGapSeconds === undefined ? {} : { maxGapSeconds: parseSeconds(maxGapSeconds, 'maxGapSeconds') }),
		...(clear === undefined ? {} : { clear: parsePattern(clear, 'clear') }),
		...(escalations.length === 0 ? {} : { escalations }),
		fire: parseFire(fields.fire),
		actions: parseActions(fields.actions, 'actions'),
	};
	refuseContradictions(rule);
	return rule;
}
