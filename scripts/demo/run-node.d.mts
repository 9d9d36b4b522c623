import type { Call } from '../lib/n8n-client.mjs';

export interface N8n {
	readonly url: string;
	readonly apiHeader: { readonly name: string; readonly value: string };
	readonly call: Call;
}

export interface NodeToRun {
	/** As n8n names it, e.g. `n8n-nodes-fleet.fleetAction`. */
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
	readonly onError?: string;
}

export interface NodeRunner {
	/** The JSON of the items that the node's first output gave. Throws with the node's own message and description. */
	run<T = Record<string, unknown>>(
		node: NodeToRun,
		items?: readonly Readonly<Record<string, unknown>>[],
	): Promise<T[]>;
	/** Deletes the workflows that were made for the nodes. */
	close(): Promise<void>;
}

export function nodeRunner(n8n: N8n): NodeRunner;
export function removeWorkflow(n8n: Pick<N8n, 'call'>, id: string): Promise<void>;
