import type { N8n } from './run-node.mjs';

export type Item = Record<string, unknown>;

export interface Transport {
	/** As the feed nodes name it: `embedded`, `redisStreams`, `redisPubSub`. */
	readonly name: string;
	readonly credentials?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
}

export interface FleetDesk {
	/** One operation of the Fleet node, once for each item; the JSON of what it gave. Throws with the node's message. */
	fleet<T = Item>(
		resource: string,
		operation: string,
		parameters?: Item,
		items?: readonly Item[],
	): Promise<T[]>;
	/** Publishes the items as status messages. */
	publish(transport: Transport, feed: string, messages: readonly Item[]): Promise<Item[]>;
	/** Deletes the workflows that the calls made. */
	close(): Promise<void>;
}

export interface RuleInput {
	readonly name: string;
	readonly severity?: string;
	readonly watches?: string;
	readonly conditions: readonly (readonly [attribute: string, operator: string, value: string])[];
	readonly actions: readonly Item[];
	/** Further fields, such as the one that belongs to `watches`. */
	readonly more?: Item;
}

export function fleetDesk(n8n: N8n): FleetDesk;
export function byId(value: string | number): Item;
export function byKey(value: string): Item;
export function ruleParameters(rule: RuleInput): Item;
