import type * as runtimeModule from './runtime';

export type Runtime = typeof runtimeModule;

/**
 * The composition root, loaded on first use: n8n evaluates every node's file when it starts, and must not pay for
 * the database, Redis and spreadsheet libraries then.
 */
export async function loadRuntime(): Promise<Runtime> {
	return await import('./runtime');
}
