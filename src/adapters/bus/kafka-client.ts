import { Admin, Consumer, instancesChannel, Producer } from '@platformatic/kafka';
import { isIP } from 'node:net';
import { answerMsOf, brokerPlaces, sessionMsOf, type KafkaOptions } from './kafka-options';
import { murmur2 } from './murmur2';
import { pause } from './pause';

export type Reader = Consumer<Buffer, Buffer, Buffer, Buffer>;
export type Writer = Producer<Buffer, Buffer, Buffer, Buffer>;

/** What a broker waits for messages to come before it answers that there are none. */
const FETCH_WAIT_MS = 500;
/** Of one answer, compressed or not; a message that is larger comes alone. */
const FETCH_BYTES = 4 * 1024 * 1024;
export const PARTITION_BYTES = 2 * 1024 * 1024;
/** A publish is repeated under its own sequence numbers, which make the broker drop what it has already. */
const PUBLISH_RETRY_MS = 200;
const CLOSE_MS = 1000;

/** Reads, outside of any group: its connections wait for messages, and nothing else shall wait behind that. */
export function openReader(options: KafkaOptions, group: string): Reader {
	return quiet(
		new Consumer<Buffer, Buffer, Buffer, Buffer>({
			...connectionOptions(options),
			groupId: group,
			requestTimeout: answerMsOf(options) + FETCH_WAIT_MS,
			maxWaitTime: FETCH_WAIT_MS,
			minBytes: 1,
			maxBytes: FETCH_BYTES,
			autocommit: false,
			retries: 0,
		}),
	);
}

/** A member of the group, once it joins. `beforeJoin` runs before each time it does, also of its own accord. */
export function openMember(options: KafkaOptions, group: string, beforeJoin: () => Promise<void>): Reader {
	const sessionTimeout = sessionMsOf(options);
	return quiet(
		new Consumer<Buffer, Buffer, Buffer, Buffer>({
			...connectionOptions(options),
			groupId: group,
			sessionTimeout,
			rebalanceTimeout: sessionTimeout,
			heartbeatInterval: Math.min(1000, sessionTimeout / 10),
			heartbeatStallTimeout: sessionTimeout,
			// Joining lasts until all the others have joined as well.
			requestTimeout: sessionTimeout + answerMsOf(options),
			protocolsMetadata: async () => {
				await beforeJoin();
				return Buffer.alloc(0);
			},
			autocommit: false,
			// Repeating a commit would join the group anew and commit under a membership that the batch is not of.
			retries: 0,
		}),
	);
}

export function openAdmin(options: KafkaOptions): Admin {
	return quiet(new Admin({ ...connectionOptions(options), requestTimeout: answerMsOf(options), retries: 0 }));
}

export function openWriter(options: KafkaOptions): Writer {
	const answerMs = answerMsOf(options);
	return quiet(
		new Producer<Buffer, Buffer, Buffer, Buffer>({
			...connectionOptions(options),
			requestTimeout: answerMs,
			timeout: answerMs,
			idempotent: true,
			autocreateTopics: true,
			compression: options.compression ?? 'none',
			partitioner: (_message, key) => (key === undefined ? 0 : murmur2(key) & 0x7fffffff),
			retries: Math.ceil(answerMs / PUBLISH_RETRY_MS),
			retryDelay: PUBLISH_RETRY_MS,
		}),
	);
}

function connectionOptions(options: KafkaOptions) {
	const { clientId = 'n8n-nodes-fleet', tls = false, ca, sasl } = options;
	const places = brokerPlaces(options);
	return {
		clientId,
		bootstrapBrokers: places,
		connectTimeout: answerMsOf(options),
		...(tls ? { tls: ca ? { ca } : {} } : {}),
		...(tls && places.every(({ host }) => isIP(host) === 0) ? { tlsServerName: true } : {}),
		...(sasl ? { sasl: { ...sasl, mechanism: MECHANISMS[sasl.mechanism] } } : {}),
	};
}

const MECHANISMS = {
	plain: 'PLAIN',
	'scram-sha-256': 'SCRAM-SHA-256',
	'scram-sha-512': 'SCRAM-SHA-512',
} as const;

/** Failures reach whoever asked; an `error` event that nobody listens to would end the process. */
function quiet<Client extends Reader | Writer | Admin>(client: Client): Client {
	client.on('error', () => undefined);
	return client;
}

/** The library listens for a connection's first error only, and a socket may report another as it goes down. */
instancesChannel.subscribe((message) => {
	const { type, instance } = message as {
		type: string;
		instance: { on(event: string, fn: () => void): void };
	};
	if (type === 'connection') instance.on('error', () => undefined);
});

/** Leaves the group, if it is in one, and ends the connections; at once where nobody answers. Never rejects. */
export async function closeClient(client: Reader | Writer | Admin): Promise<void> {
	const closed = new AbortController();
	const connections = [...client.connections];
	void Promise.resolve()
		.then(async () => await (client instanceof Admin ? client.close() : client.close(true)))
		.catch(() => undefined)
		.then(() => closed.abort());
	await pause(CLOSE_MS, closed.signal);
	for (const [, connection] of connections) connection.socket?.destroy();
}
