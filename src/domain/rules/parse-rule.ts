import { InvalidFieldError } from '../errors';
import { recordId, required, text } from '../field-parsers';
import { parseActions } from './parse-actions';
import { kindOf, parseObject, parseWord, refuseOthers, shown } from './parse-object';
import { parsePattern } from './parse-pattern';
import { SEVERITIES } from './rule';
import type { FiringPolicy, RuleFields, RuleScope } from './rule';

const FIELDS = ['name', 'severity', 'enabled', 'scope', 'pattern', 'fire', 'actions'] as const;
/** The store's own: ignored, so that a rule that was read can be written back. */
const STAMPS = ['id', 'version', 'createdAt', 'updatedAt'] as const;
const MAX_NAME_LENGTH = 200;
const MAX_COOLDOWN_SECONDS = 366 * 86_400;

const parseName = required(text(MAX_NAME_LENGTH));

/**
 * A rule's fields from JSON. Name and pattern have to be given; the rest defaults to: warning, enabled, all vehicles,
 * no cooldown, no actions.
 * @throws InvalidFieldError with the dotted path of what is wrong, e.g. `pattern.all[1].value`
 */
export function parseRuleFields(input: unknown): RuleFields {
	const object = parseObject(input, 'rule', '{ "name": "Low fuel", "pattern": { ... } }');
	const fields = Object.fromEntries(
		Object.entries(object).filter(([name]) => !STAMPS.some((stamp) => stamp === name)),
	);
	refuseOthers(fields, FIELDS, '');
	return {
		name: parseName(fields.name ?? null, 'name'),
		severity: fields.severity === undefined ? 'warning' : parseWord(fields.severity, SEVERITIES, 'severity'),
		enabled: parseEnabled(fields.enabled),
		scope: parseScope(fields.scope),
		pattern: parsePattern(fields.pattern, 'pattern'),
		fire: parseFire(fields.fire),
		actions: parseActions(fields.actions, 'actions'),
	};
}

function parseEnabled(value: unknown): boolean {
	if (value === undefined) return true;
	if (typeof value === 'boolean') return value;
	throw new InvalidFieldError(
		'enabled',
		`enabled is ${kindOf(value)}`,
		'Give true or false, without quotes.',
	);
}

function parseScope(value: unknown): RuleScope {
	if (value === undefined) return { vehicles: 'all' };
	const scope = parseObject(value, 'scope', '{ "vehicles": "all" }');
	const vehicles = parseWord(
		scope.vehicles,
		['all', 'customer', 'vehicle', 'tasks'] as const,
		'scope.vehicles',
	);
	switch (vehicles) {
		case 'all':
		case 'tasks':
			refuseOthers(scope, ['vehicles'], 'scope');
			return { vehicles };
		case 'customer':
			refuseOthers(scope, ['vehicles', 'customerId'], 'scope');
			return { vehicles, customerId: parseId(scope.customerId, 'scope.customerId') };
		case 'vehicle':
			refuseOthers(scope, ['vehicles', 'vehicleId'], 'scope');
			return { vehicles, vehicleId: parseId(scope.vehicleId, 'scope.vehicleId') };
	}
}

function parseId(value: unknown, field: string): number {
	const id = value === undefined ? null : recordId(value, field);
	if (id !== null) return id;
	throw new InvalidFieldError(field, `${field} is missing`, 'Give the id of the record, a whole number.');
}

function parseFire(value: unknown): FiringPolicy {
	if (value === undefined) return { on: 'edge', cooldownSeconds: 0 };
	const fire = parseObject(value, 'fire', '{ "on": "edge", "cooldownSeconds": 3600 }');
	refuseOthers(fire, ['on', 'cooldownSeconds'], 'fire');
	const on = fire.on === undefined ? 'edge' : parseWord(fire.on, ['edge'] as const, 'fire.on');
	const seconds = fire.cooldownSeconds ?? 0;
	if (typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_COOLDOWN_SECONDS) {
		return { on, cooldownSeconds: seconds };
	}
	throw new InvalidFieldError(
		'fire.cooldownSeconds',
		`${shown(seconds)} in fire.cooldownSeconds is no number of seconds from 0 to ${MAX_COOLDOWN_SECONDS}`,
		'Give seconds, without quotes: 3600 is an hour, 0 no cooldown.',
	);
}
