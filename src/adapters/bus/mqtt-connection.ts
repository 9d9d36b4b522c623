import MqttClient, { type IClientOptions } from 'mqtt/lib/client';
import type { IStream } from 'mqtt/lib/shared';
import { streamBuilder as openWebSocket } from 'mqtt/lib/connect/ws';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SilentServerError } from './describe-network-error';
import { ClosedByBrokerError, DisconnectedError, NotMqttError } from './mqtt-errors';
import { tlsOptions } from './tls-options';

export interface MqttOptions {
	/** Default: `mqtt`. Certificates are checked. */
	readonly protocol?: 'mqtt' | 'mqtts' | 'ws' | 'wss';
	readonly host: string;
	readonly port: number;
	/** Path of the WebSocket, e.g. `/mqtt`. */
	readonly path?: string;
	readonly username?: string;
	readonly password?: string;
	/** Default: 5. */
	readonly version?: '3.1.1' | '5';
	/** The authority that the broker's certificate is checked against, as PEM; default: those that Node.js trusts. */
	readonly ca?: string;
	/** How long to wait for a connection or an answer before the broker counts as away; default 5000. */
	readonly answerMs?: number;
	/** How often the broker is asked for a sign of life; default 20. One that vanished is noticed after 1.5 times this. */
	readonly keepaliveSeconds?: number;
}

/** Who a connection is to the broker. */
export interface MqttIdentity {
	readonly clientId: string;
	/** False: the broker keeps the session of this client id, and what comes for it, while it is away. */
	readonly clean: boolean;
	readonly properties?: NonNullable<IClientOptions['properties']>;
	/** Takes a message, to be acknowledged by `acknowledge`; false when that is to be done at once. */
	onMessage?(packet: ReceivedPacket): boolean;
}

export type ReceivedPacket = Parameters<MqttClient['handleMessage']>[0];

export interface MqttConnection {
	readonly client: MqttClient;
	/** True when the broker had kept a session of this client id. */
	readonly hadSession: boolean;
	/** Aborted when the connection is over; its reason is what ended it. */
	readonly broken: AbortSignal;
	/** Says goodbye and closes, half a second at most; the session stays. */
	end(): Promise<void>;
}

const DEFAULT_ANSWER_MS = 5000;
const DEFAULT_KEEPALIVE_SECONDS = 20;
const LINGER_MS = 500;
const CONNACK = 0x20;
/** The library's own timer of a connection attempt never ends it: ours tells why. */
const NEVER_MS = 2 ** 31 - 1;

/**
 * One connection, which the broker has accepted. It lives once: when it breaks, whoever needs another opens it.
 * Rejects with what broke it: see `describeMqttError`. `signal` ends it only while it is being opened.
 */
export async function openMqtt(
	options: MqttOptions,
	identity: MqttIdentity,
	signal?: AbortSignal,
): Promise<MqttConnection> {
	const broken = new AbortController();
	let cause: Error | undefined;
	const fail = (error: Error) => {
		cause ??= error;
		client.stream.destroy();
	};
	const client = new MqttClient(
		(self) => {
			const stream = openStream(self, options);
			stream.on('error', fail);
			stream.once('data', (first: Buffer) => {
				if (first[0] !== CONNACK) fail(new NotMqttError(first));
			});
			return stream;
		},
		clientOptions(options, identity),
	);
	// An error as the answer makes the library go on to the next packet without acknowledging this one.
	client.handleMessage = (packet, answer) => {
		const isTaken = identity.onMessage?.(packet) ?? false;
		answer(isTaken ? new Error('Acknowledged when it is stored') : undefined);
	};
	client.on('error', fail);
	client.on('disconnect', ({ reasonCode = 0 }) => fail(new DisconnectedError(reasonCode)));
	client.on('close', () => broken.abort(cause ?? new ClosedByBrokerError()));

	const accepted = new Promise<boolean>((resolve, reject) => {
		client.once('connect', ({ sessionPresent }) => resolve(sessionPresent));
		broken.signal.addEventListener('abort', () => reject(breakOf(broken.signal)), { once: true });
	});
	const answerMs = mqttAnswerMs(options);
	const timer = setTimeout(() => fail(new SilentServerError(`No answer in ${answerMs} ms`)), answerMs);
	const giveUp = () => fail(new ClosedByBrokerError());
	signal?.addEventListener('abort', giveUp, { once: true });
	try {
		client.connect();
		if (signal?.aborted) giveUp();
		return {
			client,
			hadSession: await accepted,
			broken: broken.signal,
			end: async () => await end(client, broken.signal),
		};
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', giveUp);
	}
}

/** What ended a connection, by its `broken`. */
export const breakOf = ({ reason }: AbortSignal): Error => reason as Error;

export function mqttAnswerMs({ answerMs = DEFAULT_ANSWER_MS }: MqttOptions): number {
	return answerMs;
}

/** Resolves when the acknowledgements are handed to the network. Rejects when it is gone. PUBACK is the same four bytes in MQTT 3.1.1 and 5. */
export async function acknowledge(connection: MqttConnection, packetIds: readonly number[]): Promise<void> {
	const packets = Buffer.alloc(packetIds.length * 4);
	packetIds.forEach((id, index) => packets.writeUInt32BE(0x40020000 + id, index * 4));
	await new Promise<void>((resolve, reject) => {
		if (connection.broken.aborted) reject(breakOf(connection.broken));
		else connection.client.stream.write(packets, (error) => (error ? reject(error) : resolve()));
	});
}

function clientOptions(options: MqttOptions, { clientId, clean, properties }: MqttIdentity): IClientOptions {
	const is5 = options.version !== '3.1.1';
	return {
		clientId,
		clean,
		protocolVersion: is5 ? 5 : 4,
		...(options.username ? { username: options.username } : {}),
		...(options.username && options.password ? { password: options.password } : {}),
		...(is5 && properties ? { properties } : {}),
		keepalive: options.keepaliveSeconds ?? DEFAULT_KEEPALIVE_SECONDS,
		timerVariant: 'native',
		connectTimeout: NEVER_MS,
		reconnectPeriod: 0,
		resubscribe: false,
		manualConnect: true,
	};
}

function openStream(client: MqttClient, { protocol = 'mqtt', host, port, path, ca }: MqttOptions): IStream {
	switch (protocol) {
		case 'mqtt':
			return connect({ host, port });
		case 'mqtts':
			return connectTls({ host, port, ...tlsOptions(host, ca) });
		case 'ws':
		case 'wss':
			return openWebSocket(client, {
				protocol,
				hostname: host,
				port,
				path: path?.trim() || '/mqtt',
				...tlsOptions(host, ca),
			});
	}
}

async function end(client: MqttClient, broken: AbortSignal): Promise<void> {
	if (broken.aborted) return;
	const closed = new Promise<void>((resolve) =>
		broken.addEventListener('abort', () => resolve(), { once: true }),
	);
	const timer = setTimeout(() => client.stream.destroy(), LINGER_MS);
	client.end();
	await closed;
	clearTimeout(timer);
}
