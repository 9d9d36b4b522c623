import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from '../../app/ports/message-bus';
import { bell } from './bell';
import type { ReceivedPacket } from './mqtt-connection';
import { textOrBytes } from './text-or-bytes';

export interface Arrival {
	readonly message: IncomingMessage;
	/** What to acknowledge it by; null for a message without acknowledgement (QoS 0). */
	readonly packetId: number | null;
	readonly bytes: number;
}

/** What has been received and nobody has settled yet. */
interface Arrivals {
	/** To be called before each connection: what is not acknowledged is repeated over it; what need not be stays. */
	reconnect(): void;
	push(packet: ReceivedPacket): void;
	/** What is there, `limit` at most, waited for as long as `waitMs`; nothing when `ended` aborts meanwhile. */
	take(limit: number, waitMs: number, ended: AbortSignal): Promise<Arrival[]>;
	/** To be called when a batch is acknowledged. */
	settle(batch: readonly Arrival[]): void;
	/** Takes back a batch that is not, since the connection is over: nobody repeats its messages without acknowledgement. */
	giveBack(batch: readonly Arrival[]): void;
	/** Messages without acknowledgement for which there was no room since this was last asked. */
	takeDropped(): number;
}

/** The broker waits for acknowledgements; of messages without, nothing but this bounds how many are in memory. */
const MAX_UNACKNOWLEDGED = 50_000;
const MAX_UNACKNOWLEDGED_BYTES = 64_000_000;

export function mqttArrivals(): Arrivals {
	const readerId = randomUUID();
	const arrival = bell();
	const unsettled = new Set<number>();
	let waiting: Arrival[] = [];
	let count = 0;
	const free = { count: 0, bytes: 0, dropped: 0 };

	const add = (packetId: number | null, { topic, payload }: ReceivedPacket) => {
		count += 1;
		const transportId = `${readerId}-${count}`;
		const message = { transportId, topic, payload: textOrBytes(Buffer.from(payload)) };
		waiting.push({ message, packetId, bytes: payload.length });
		arrival.ring();
	};

	return {
		reconnect: () => {
			waiting = waiting.filter(({ packetId }) => packetId === null);
			unsettled.clear();
		},
		push: (packet) => {
			const { qos, messageId, payload } = packet;
			if (qos === 0 || messageId === undefined) {
				if (free.count >= MAX_UNACKNOWLEDGED || free.bytes >= MAX_UNACKNOWLEDGED_BYTES) {
					free.dropped += 1;
					return;
				}
				free.count += 1;
				free.bytes += payload.length;
				add(null, packet);
			} else if (!unsettled.has(messageId)) {
				// What is here already and comes once more on the same connection is the broker's impatience.
				unsettled.add(messageId);
				add(messageId, packet);
			}
		},
		take: async (limit, waitMs, ended) => {
			const deadline = performance.now() + waitMs;
			for (let leftMs = waitMs; waiting.length === 0 && leftMs > 0; leftMs = deadline - performance.now()) {
				if (ended.aborted) break;
				await arrival.wait(leftMs, ended);
			}
			const taken = waiting.slice(0, limit);
			waiting = waiting.slice(limit);
			return taken;
		},
		settle: (batch) => {
			for (const { packetId, bytes } of batch) {
				if (packetId !== null) unsettled.delete(packetId);
				else {
					free.count -= 1;
					free.bytes -= bytes;
				}
			}
		},
		giveBack: (batch) => {
			waiting = [...batch, ...waiting];
		},
		takeDropped: () => {
			const { dropped } = free;
			free.dropped = 0;
			return dropped;
		},
	};
}
