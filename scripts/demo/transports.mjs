import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { removeWorkflow } from './run-node.mjs';

/** The feed that the shipped workflow reads, and the group in which it does. */
export const FEED = 'fleet.status';
const GROUP = 'fleet';

export const EMBEDDED = { name: 'embedded', title: 'Embedded', isDurable: true };

/**
 * The two ways over a Redis at this port of 127.0.0.1, with a credential of their own in n8n, which `remove` deletes.
 */
export async function redisTransports({ call }, port) {
	const { id, name } = await call('POST', '/credentials', {
		name: `Redis at port ${port}`,
		type: 'fleetRedisApi',
		data: { host: '127.0.0.1', port, username: '', password: '', database: 0, tls: false },
	});
	const credentials = { fleetRedisApi: { id, name } };
	const streams = {
		name: 'redisStreams',
		title: 'Redis Streams',
		credentials,
		isDurable: true,
		unread: async () => await unreadIn(port),
	};
	const pubSub = { name: 'redisPubSub', title: 'Redis pub/sub', credentials, isDurable: false };
	const remove = async () => await call('DELETE', `/credentials/${id}`);
	return { transports: [streams, pubSub], remove };
}

/** What the stream's group has been given and not acknowledged, and what it has not been given yet. */
async function unreadIn(port) {
	const { default: Redis } = await import('ioredis');
	const redis = new Redis({ host: '127.0.0.1', port });
	try {
		const groups = await redis.xinfo('GROUPS', FEED);
		const named = groups.map((flat) =>
			Object.fromEntries(flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]]] : []))),
		);
		const { pending, lag } = named.find(({ name }) => name === GROUP);
		return { pending, lag };
	} finally {
		redis.disconnect();
	}
}

/**
 * Makes the shipped workflow "feed to actions" read the feed over this transport, as a copy beside the shipped one.
 * Resolves with what ends and deletes the copy.
 */
export async function startFeedWorkflow({ call }, transport, feed) {
	const shipped = JSON.parse(readFileSync(join(root, 'workflows', 'feed-to-actions.json'), 'utf8'));
	const nodes = shipped.nodes.map((node) =>
		node.type === 'n8n-nodes-fleet.fleetFeedTrigger'
			? {
					...node,
					parameters: { ...node.parameters, transport: transport.name, feed },
					credentials: { ...node.credentials, ...transport.credentials },
				}
			: node,
	);
	const { settings, connections } = shipped;
	const name = `${shipped.name} (${transport.title})`;
	const copy = await call('POST', '/workflows', { name, nodes, connections, settings });
	await call('POST', `/workflows/${copy.id}/activate`, { versionId: copy.versionId });
	let removed = null;
	return async () => await (removed ??= removeWorkflow({ call }, copy.id));
}
