import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { removeWorkflow } from './run-node.mjs';

export const EMBEDDED = { name: 'embedded', title: 'Embedded feed' };

/** The two ways over a Redis at this port of 127.0.0.1, with a credential of their own in n8n. */
export async function redisTransports({ call }, port) {
	const { id, name } = await call('POST', '/credentials', {
		name: `Redis at port ${port}`,
		type: 'fleetRedisApi',
		data: { host: '127.0.0.1', port, username: '', password: '', database: 0, tls: false },
	});
	const credentials = { fleetRedisApi: { id, name } };
	const transport = (transportName, title) => ({ name: transportName, title, credentials });
	return {
		transports: [transport('redisStreams', 'Redis Streams'), transport('redisPubSub', 'Redis pub/sub')],
		remove: async () => await call('DELETE', `/credentials/${id}`),
	};
}

/**
 * Makes the shipped workflow "feed to actions" read `feed` over this transport, as a copy beside the shipped one.
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
	const copy = await call('POST', '/workflows', {
		name: `${shipped.name} (${transport.title})`,
		nodes,
		connections,
		settings,
	});
	await call('POST', `/workflows/${copy.id}/activate`, { versionId: copy.versionId });
	return async () => await removeWorkflow({ call }, copy.id);
}
