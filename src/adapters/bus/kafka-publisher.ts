import type { OutgoingMessage } from '../../app/ports/message-bus';
import { describeKafkaError } from './describe-kafka-error';
import { SilentServerError } from './describe-network-error';
import { closeClient, openWriter, type Writer } from './kafka-client';
import { unlessAborted } from './kafka-errors';
import { answerMsOf, type KafkaOptions } from './kafka-options';
import { liveConnection } from './live-connection';

/** Well below the megabyte that brokers take at once by default. */
const CHUNK_BYTES = 768 * 1024;

export interface KafkaPublisher {
	publish(feed: string, messages: readonly OutgoingMessage[]): Promise<void>;
	close(): Promise<void>;
}

/**
 * Publishes one call after the other: the broker drops what it has already by numbers that count up. What could not
 * be published for sure makes a new producer necessary, with numbers of its own.
 */
export function kafkaPublisher(options: KafkaOptions): KafkaPublisher {
	const answerMs = answerMsOf(options);
	const doubtful = new WeakSet<Writer>();
	const ending = new AbortController();
	let closing: Promise<void> = Promise.resolve();
	let feedInHand = '';
	const drop = (writer: Writer) => {
		closing = Promise.all([closing, closeClient(writer)]).then(() => undefined);
	};
	const connection = liveConnection<Writer>({
		open: async (signal) => {
			const writer = openWriter(options);
			try {
				await unlessAborted(writer.metadata({ topics: [], retries: 0, forceUpdate: true }), signal);
				return writer;
			} catch (error) {
				drop(writer);
				throw error;
			}
		},
		isLive: (writer) => !doubtful.has(writer),
		drop,
		describe: (error) => describeKafkaError(error, options, feedInHand),
		answerMs,
	});

	const send = async (feed: string, messages: readonly OutgoingMessage[]) => {
		feedInHand = feed;
		await connection.run(async (writer) => {
			const timeout = AbortSignal.any([ending.signal, AbortSignal.timeout(answerMs * 2)]);
			try {
				const sent = writer.send({
					messages: messages.map(({ key, payload }) => ({
						topic: feed,
						key: Buffer.from(key),
						value: Buffer.from(payload),
					})),
				});
				await unlessAborted(sent, timeout);
			} catch (error) {
				doubtful.add(writer);
				throw timeout.aborted ? new SilentServerError('No answer') : error;
			}
		});
	};

	let last: Promise<unknown> = Promise.resolve();
	return {
		publish: async (feed, messages) => {
			const mine = last.then(async () => {
				for (const chunk of chunksOf(messages)) await send(feed, chunk);
			});
			last = mine.catch(() => undefined);
			await mine;
		},
		close: async () => {
			ending.abort();
			connection.close();
			await last;
			await closing;
		},
	};
}

function* chunksOf(messages: readonly OutgoingMessage[]): Generator<OutgoingMessage[]> {
	let chunk: OutgoingMessage[] = [];
	let bytes = 0;
	for (const message of messages) {
		const size = Buffer.byteLength(message.payload) + Buffer.byteLength(message.key) + 32;
		if (chunk.length > 0 && bytes + size > CHUNK_BYTES) {
			yield chunk;
			chunk = [];
			bytes = 0;
		}
		chunk.push(message);
		bytes += size;
	}
	if (chunk.length > 0) yield chunk;
}
