import { setTimeout as sleep } from 'node:timers/promises';
import { SilentServerError } from './describe-network-error';
import { breakOf, type MqttConnection } from './mqtt-connection';
import { NoQosError, SubscriptionRefusedError } from './mqtt-errors';

const REFUSED = 0x80;

/**
 * Asks for what the filter matches, with acknowledgement (QoS 1). Done on a session that has the subscription as
 * well: nothing changes then, and one that was cut off before it had subscribed would stay deaf. Of retained
 * messages those come that were retained before a new subscription; MQTT 3.1.1 repeats them each time.
 */
export async function subscribeTo(
	connection: MqttConnection,
	filter: string,
	answerMs: number,
): Promise<void> {
	const { client, broken } = connection;
	const answer = new Promise<number>((resolve, reject) => {
		broken.addEventListener('abort', () => reject(breakOf(broken)), { once: true });
		client.subscribe(filter, { qos: 1, rh: 1 }, (error, _granted, packet) => {
			const reason = packet?.granted[0];
			if (typeof reason === 'number') resolve(reason);
			else reject(error ?? new Error('The broker answered the subscription with nothing'));
		});
	});
	const timeout = new AbortController();
	const silence = sleep(answerMs, undefined, { signal: timeout.signal }).then(() => {
		throw new SilentServerError(`No answer in ${answerMs} ms`);
	});
	silence.catch(() => undefined);
	try {
		const reason = await Promise.race([answer, silence]);
		if (reason >= REFUSED) throw new SubscriptionRefusedError(filter, reason);
		if (reason === 0) throw new NoQosError();
	} finally {
		timeout.abort();
	}
}
