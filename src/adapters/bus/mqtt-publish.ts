import type { OutgoingMessage } from '../../app/ports/message-bus';
import { SilentServerError } from './describe-network-error';
import { PublishingRefusedError } from './mqtt-errors';
import { breakOf, type MqttConnection } from './mqtt-connection';

/** Messages on their way to a broker that does not say how many it takes. */
const DEFAULT_IN_FLIGHT = 100;

/**
 * In order, with no more on their way than the broker takes. Resolves when it has taken all; rejects with the first
 * that it refuses, with what broke the connection, or when it answers none for `answerMs`.
 */
export async function publishAll(
	{ client, broken }: MqttConnection,
	topic: string,
	messages: readonly OutgoingMessage[],
	answerMs: number,
): Promise<void> {
	const window = client.serverProperties?.receiveMaximum ?? DEFAULT_IN_FLIGHT;
	let next = 0;
	let taken = 0;
	let fail: (error: Error) => void = () => undefined;
	const failed = new Promise<never>((_, reject) => (fail = reject));
	// What has no reason of the broker's is the connection's end, which says better why.
	const refuse = (error: Error) =>
		'code' in error ? fail(new PublishingRefusedError(topic, Number(error.code))) : client.stream.destroy();
	const onBroken = () => fail(breakOf(broken));
	const silence = setTimeout(() => {
		fail(new SilentServerError(`No answer in ${answerMs} ms`));
		client.stream.destroy();
	}, answerMs);
	const allTaken = new Promise<void>((resolve) => {
		const onAnswer = (error?: Error) => {
			if (error) return refuse(error);
			taken += 1;
			silence.refresh();
			if (taken === messages.length) resolve();
			else send();
		};
		const send = () => {
			for (let message = messages[next]; message && next - taken < window; message = messages[next]) {
				next += 1;
				client.publish(topic, message.payload, { qos: 1 }, onAnswer);
			}
		};
		send();
	});
	if (broken.aborted) onBroken();
	broken.addEventListener('abort', onBroken, { once: true });
	try {
		await Promise.race([allTaken, failed]);
	} finally {
		clearTimeout(silence);
		broken.removeEventListener('abort', onBroken);
	}
}
