import { setTimeout as sleep } from 'node:timers/promises';
import { redisStreamsBus } from '../../src/adapters/bus/redis-streams';
import { messageSource, PROBES_A_SECOND, probeMessage, type FeedMessage } from '../lib/feed/workload';

const EVERY_MS = 10;

/** `publish-at-rate HOST PORT FEED MESSAGES_A_SECOND SECONDS`: a steady fleet and its probes, to a Redis stream. */
async function main(host: string, port: number, feed: string, rate: number, seconds: number): Promise<void> {
	const bus = redisStreamsBus({ host, port });
	const source = messageSource(`steady-${process.pid}`, {
		firing: 'none',
		begin: Date.now(),
		stepMs: 1000 / rate,
	});
	const startedAt = performance.now();
	let sent = 0;
	let probes = 0;
	let publishing: Promise<void> = Promise.resolve();
	while (sent < rate * seconds) {
		const elapsed = performance.now() - startedAt;
		const messages: FeedMessage[] = source.next(Math.floor((elapsed * rate) / 1000) - sent);
		sent += messages.length;
		// Not one after the other in one batch: a probe waits as long as any message does.
		if (elapsed * PROBES_A_SECOND > probes * 1000)
			messages.splice(messages.length >> 1, 0, probeMessage(probes++));
		await publishing;
		publishing = bus.publish(feed, messages);
		await sleep(EVERY_MS);
	}
	await publishing;
	await bus.close();
	process.send?.({ sent, probes, seconds: (performance.now() - startedAt) / 1000 });
}

const [host = '', port = '', feed = '', rate = '', seconds = ''] = process.argv.slice(2);
void main(host, Number(port), feed, Number(rate), Number(seconds));
