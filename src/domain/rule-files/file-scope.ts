import { InvalidFieldError } from '../errors';
import { parseObject, parseWord, refuseOthers } from '../rules/parse-object';
import { required, text } from '../field-parsers';
import type { FileScope } from './rule-file';

const KINDS = ['all', 'tasks', 'customer', 'vehicle'] as const;
const parseKey = required(text(200));

/** `all` and `tasks` may stand as words; a customer's and a vehicle's key need no kind beside them. */
export function parseFileScope(value: unknown): FileScope {
	if (value === undefined || value === null) return { vehicles: 'all' };
	if (typeof value === 'string') return { vehicles: parseWord(value, ['all', 'tasks'] as const, 'scope') };
	const scope = parseObject(value, 'scope', '{ customer: ACME }');
	for (const id of ['customerId', 'vehicleId']) {
		if (scope[id] === undefined) continue;
		throw new InvalidFieldError(
			`scope.${id}`,
			`scope.${id} is an id of one store, which means nothing in another`,
			id === 'vehicleId'
				? 'Name the vehicle by its VIN, plate or external id: { vehicle: B-FL 100 }.'
				: 'Name the customer by external id or name: { customer: ACME }.',
		);
	}
	const implied =
		scope.customer !== undefined ? 'customer' : scope.vehicle !== undefined ? 'vehicle' : undefined;
	const vehicles = parseWord(scope.vehicles ?? implied, KINDS, 'scope.vehicles');
	switch (vehicles) {
		case 'all':
		case 'tasks':
			refuseOthers(scope, ['vehicles'], 'scope');
			return { vehicles };
		case 'customer':
			refuseOthers(scope, ['vehicles', 'customer'], 'scope');
			return { vehicles, customer: parseKey(scope.customer ?? null, 'scope.customer') };
		case 'vehicle':
			refuseOthers(scope, ['vehicles', 'vehicle'], 'scope');
			return { vehicles, vehicle: parseKey(scope.vehicle ?? null, 'scope.vehicle') };
	}
}

/** The shortest form that `parseFileScope` reads back; undefined for all vehicles, which goes without saying. */
export function shortScope(scope: FileScope): unknown {
	switch (scope.vehicles) {
		case 'all':
			return undefined;
		case 'tasks':
			return 'tasks';
		case 'customer':
			return { customer: scope.customer };
		case 'vehicle':
			return { vehicle: scope.vehicle };
	}
}
