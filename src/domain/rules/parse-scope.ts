import { InvalidFieldError } from '../errors';
import { recordId } from '../field-parsers';
import { parseObject, parseWord, refuseOthers } from './parse-object';
import type { RuleScope } from './rule';

/** Left out: all vehicles. @throws InvalidFieldError */
export function parseScope(value: unknown): RuleScope {
	if (value === undefined || value === null) return { vehicles: 'all' };
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
