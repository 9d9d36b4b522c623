import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:net';
import type { SubscribeOptions } from '../../app/ports/message-bus';
import { takenOf } from './batch-bounds';
import { isTakenOver } from './describe-mqtt-error';
import { errorCode } from './describe-network-error';
import { fillBatch } from './fill-batch';
import { type Arrival, mqttArrivals } from './mqtt-arrivals';
import {
	acknowledge,
	breakOf,
	type MqttConnection,
	mqttAnswerMs,
	type MqttOptions,
	openMqtt,
	type ReceivedPacket,
} from './mqtt-connection';
import { repeatedPackets } from './mqtt-repeats';
import { ClosedByBrokerError, LikelyTakenOverError } from './mqtt-errors';
import { subscribeTo } from './mqtt-subscribe';
import { groupClientId } from './mqtt-topics';
import { pause } from './pause';
import type { Session } from './run-subscription';

export interface MqttReaderOptions extends MqttOptions {
	/** Messages that the broker sends ahead of their acknowledgement, with MQTT 5: no batch is larger. Default: two batches, 1000 at least. */
	readonly receiveMaximum?: number;
	/** How long the broker keeps what comes while nobody of the group is there, with MQTT 5; default 7 days. */
	readonly sessionExpirySeconds?: number;
	/** What client IDs begin with; default `fleet`. */
	readonly clientIdPrefix?: string;
	/** How long a subscriber whose group another one has taken over leaves it to that one, at most; default 60,000. */
	readonly standbyMs?: number;
}

const LEAST_RECEIVE_MAXIMUM = 1000;
/** Settled messages that are known again, where nothing bounds how many are on their way. */
const REMEMBERED = 2000;
/** Only a bound: arriving messages wake the reader. */
const LOOK_EVERY_MS = 60_000;
/** MQTT 3.1.1 leaves it to the broker; packets have this many ids. */
const MAX_PACKET_IDS = 65_535;
const WEEK_SECONDS = 604_800;
const DEFAULT_STANDBY_MS = 60_000;
/** Within this a broker that goes down has closed its port, too. */
const GOING_DOWN_MS = 250;

/** Reads as the group's one client, whose session the broker keeps. */
export function mqttReader(
	options: MqttReaderOptions,
	feed: string,
	{ group, batchSize, lingerMs = 0, onLoss }: SubscribeOptions,
): (session: Session) => Promise<void> {
	const twoBatches = Math.min(MAX_PACKET_IDS, Math.max(LEAST_RECEIVE_MAXIMUM, 2 * batchSize));
	const { receiveMaximum = twoBatches, sessionExpirySeconds = WEEK_SECONDS } = options;
	const clientId = groupClientId(feed, group, options.clientIdPrefix);
	const window = options.version === '3.1.1' ? MAX_PACKET_IDS : receiveMaximum;
	const properties = { receiveMaximum, sessionExpiryInterval: sessionExpirySeconds };
	const repeats = repeatedPackets(options.version === '3.1.1' ? REMEMBERED : receiveMaximum);
	const arrivals = mqttArrivals();
	let hasSession = false;
	let standbyMs = 0;

	const onMessage = (packet: ReceivedPacket) => {
		if (repeats.isRepeated(packet)) return false;
		arrivals.push(packet);
		return true;
	};

	const tellDropped = () => {
		const count = arrivals.takeDropped();
		const reason = 'messages without acknowledgement (QoS 0) came faster than they could be stored';
		if (count > 0) onLoss?.({ count, reason });
	};

	const beginSession = () => {
		repeats.forget();
		const reason = `the MQTT broker has lost the session of the group '${group}', and what it kept for it`;
		if (hasSession) onLoss?.({ count: null, reason });
	};

	const handOut = async (connection: MqttConnection, { closing, deliver }: Session) => {
		const ended = AbortSignal.any([closing, connection.broken]);
		const ack = async (batch: readonly Arrival[]) => {
			const packetIds: number[] = [];
			for (const { packetId, message } of batch) {
				if (packetId === null) continue;
				repeats.settle(packetId, message);
				packetIds.push(packetId);
			}
			arrivals.settle(batch);
			// When the connection is broken the broker repeats them, and is answered then.
			await acknowledge(connection, packetIds).catch(() => undefined);
		};
		while (!ended.aborted) {
			const batch: Arrival[] = [];
			await fillBatch(
				{ batchSize: Math.min(batchSize, window), lingerMs },
				LOOK_EVERY_MS,
				ended,
				async (limit, ms) => {
					const taken = await arrivals.take(limit, ms, ended);
					batch.push(...taken);
					return takenOf(taken.map(({ message }) => message));
				},
			);
			tellDropped();
			const messages = batch.map(({ message }) => message);
			let isAcked = batch.length === 0;
			while (!isAcked && !ended.aborted) isAcked = await deliver(messages, async () => await ack(batch));
			if (!isAcked) arrivals.giveBack(batch);
		}
		if (!closing.aborted) throw breakOf(connection.broken);
	};

	return async (session) => {
		await pause(standbyMs, session.closing);
		standbyMs = 0;
		if (session.closing.aborted) return;
		arrivals.reconnect();
		const identity = { clientId, clean: false, properties, onMessage };
		const connection = await openMqtt(options, identity, session.closing);
		try {
			if (!connection.hadSession) beginSession();
			await subscribeTo(connection, feed, mqttAnswerMs(options));
			hasSession = true;
			session.ready();
			await handOut(connection, session);
		} catch (error) {
			if (!session.closing.aborted && hasSession && (await mayBeTakenOver(error, options))) {
				standbyMs = (options.standbyMs ?? DEFAULT_STANDBY_MS) * (1 - Math.random() / 2);
				throw isTakenOver(error) ? error : new LikelyTakenOverError();
			}
			throw error;
		} finally {
			await connection.end();
		}
	};
}

/**
 * Of two clients with one id the broker keeps the newer. MQTT 5 may say so; else the older sees a connection that is
 * closed by a broker that is well.
 */
async function mayBeTakenOver(error: unknown, { host, port }: MqttOptions): Promise<boolean> {
	if (isTakenOver(error)) return true;
	if (!(error instanceof ClosedByBrokerError) && errorCode(error) !== 'ECONNRESET') return false;
	await sleep(GOING_DOWN_MS);
	return await new Promise<boolean>((resolve) => {
		const socket = connect({ host, port, timeout: 1000 });
		const answer = (isThere: boolean) => {
			socket.destroy();
			resolve(isThere);
		};
		socket.once('connect', () => answer(true));
		socket.once('error', () => answer(false));
		socket.once('timeout', () => answer(false));
	});
}
