/** A complete rule, as a person would enter it, with what a test is about in place of the usual. */
export function ruleInput(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
	return {
		name: 'Low fuel',
		severity: 'warning',
		scope: { vehicles: 'all' },
		pattern: { attribute: 'fuelLevel', operator: 'lt', value: 15 },
		fire: { on: 'edge', cooldownSeconds: 0 },
		actions: [{ type: 'storeLog', message: 'Low fuel in {{vehicle.plate}}' }],
		...changes,
	};
}
