import type { Rule } from '../rule';

export function makeRule(fields: Partial<Rule> = {}): Rule {
	return {
		id: 1,
		name: 'Low fuel',
		severity: 'warning',
		enabled: true,
		scope: { vehicles: 'all' },
		pattern: { attribute: 'fuelLevel', operator: 'lt', value: 15 },
		fire: { on: 'edge', cooldownSeconds: 0 },
		actions: [],
		version: 1,
		shadowOf: null,
		createdAt: 0,
		updatedAt: 0,
		...fields,
	};
}
