import { hostname } from 'node:os';
import { isMainThread, threadId } from 'node:worker_threads';

const namesInUse = new Set<string>();

/** The same after a restart, so that a consumer finds again what it was given and did not acknowledge. */
export function defaultConsumer(): string {
	return isMainThread ? hostname() : `${hostname()}-thread-${threadId}`;
}

/**
 * A consumer's name that no other subscription of this process has in this `scope` (server, feed and group):
 * the first has `base` itself. To be released when the subscription is closed.
 */
export function takeConsumerName(scope: string, base: string): { name: string; release: () => void } {
	for (let number = 1; ; number += 1) {
		const name = number === 1 ? base : `${base}-${number}`;
		const key = JSON.stringify([scope, name]);
		if (namesInUse.has(key)) continue;
		namesInUse.add(key);
		return { name, release: () => namesInUse.delete(key) };
	}
}
