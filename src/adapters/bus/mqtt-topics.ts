import { createHash } from 'node:crypto';

/**
 * By which the broker knows a group's session: the same after a restart and on every host. With the default prefix
 * it has the 23 letters and digits that every broker takes.
 */
export function groupClientId(feed: string, group: string, prefix = 'fleet'): string {
	const hash = createHash('sha256').update(JSON.stringify([group, feed]));
	return `${prefix}${hash.digest('hex').slice(0, 18)}`;
}
