import { nodeRunner } from './run-node.mjs';

const NODES = 'n8n-nodes-fleet.';

/** A locator as the editor saves it; `value` may be an expression over the item. */
export const byId = (value) => ({ __rl: true, mode: 'id', value });
export const byKey = (value) => ({ __rl: true, mode: 'key', value });

/** The Fleet nodes of a running n8n, called over HTTP. */
export function fleetDesk(n8n) {
	const runner = nodeRunner(n8n);
	return {
		/** One operation of the Fleet node, once for each item. */
		fleet: async (resource, operation, parameters = {}, items = [{}]) =>
			await runner.run({ type: `${NODES}fleet`, parameters: { resource, operation, ...parameters } }, items),
		/** Publishes the items as status messages. `transport`: `{ name, credentials? }`. */
		publish: async (transport, feed, messages) =>
			await runner.run(
				{
					type: `${NODES}fleetFeed`,
					parameters: { transport: transport.name, feed, source: 'item', options: { check: false } },
					credentials: transport.credentials,
				},
				messages,
			),
		/** Deletes the workflows that the calls made. */
		close: async () => await runner.close(),
	};
}

/**
 * A rule's fields as the editor saves them. `conditions`: `[attribute, operator, value]`; `more`: further fields, such
 * as the one that belongs to `watches`.
 */
export function ruleParameters({
	name,
	severity = 'warning',
	watches = 'all',
	conditions,
	actions,
	more = {},
}) {
	return {
		name,
		severity,
		watches,
		match: 'all',
		conditions: {
			row: conditions.map(([attribute, operator, value]) => ({
				attribute: { __rl: true, mode: 'name', value: attribute },
				operator,
				value,
			})),
		},
		actions: { action: actions },
		...more,
	};
}
