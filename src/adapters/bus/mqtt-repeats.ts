import { createHash } from 'node:crypto';
import type { IncomingMessage, Payload } from '../../app/ports/message-bus';
import type { ReceivedPacket } from './mqtt-connection';

/**
 * Knows messages again that were settled but whose acknowledgement may not have reached the broker before the
 * connection broke: it repeats them under their packet id. Only while the broker's session lasts.
 */
interface Repeats {
	/** True for what needs no more than its acknowledgement. */
	isRepeated(packet: ReceivedPacket): boolean;
	settle(packetId: number, message: IncomingMessage): void;
	/** To be called when the broker began a session anew: packet ids mean other messages then. */
	forget(): void;
}

/** Keeps the last `limit` settled messages in mind. */
export function repeatedPackets(limit: number): Repeats {
	const settled = new Map<number, string>();
	const digest = (topic: string, payload: Payload) =>
		createHash('sha1').update(topic).update('\0').update(payload).digest('base64');
	return {
		isRepeated: ({ messageId = 0, dup, topic, payload }) => {
			const known = settled.get(messageId);
			if (known === undefined) return false;
			if (dup && known === digest(topic, payload)) return true;
			settled.delete(messageId);
			return false;
		},
		settle: (packetId, { topic = '', payload }) => {
			settled.delete(packetId);
			settled.set(packetId, digest(topic, payload));
			const [oldest] = settled.keys();
			if (settled.size > limit && oldest !== undefined) settled.delete(oldest);
		},
		forget: () => settled.clear(),
	};
}
