import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { pause } from './pause';
import type { BrokerPlace, KafkaOptions } from './kafka-options';

/** The one request that every Kafka answers before it asks who is there: which requests it knows (ApiVersions 0). */
const CORRELATION = 0x464c4545;
const REQUEST = Buffer.from('0000000a00120000464c4545ffff', 'hex');
const HEAD_BYTES = 8;
const LONGEST_ANSWER = 1024 * 1024;

/** Whether what listens there answers as a Kafka does; null when it does not answer at all. */
export async function answersAsKafka(
	{ host, port }: BrokerPlace,
	{ tls = false }: Pick<KafkaOptions, 'tls'>,
	answerMs: number,
): Promise<boolean | null> {
	const socket = tls ? connectTls({ host, port, rejectUnauthorized: false }) : connect(port, host);
	const settled = new AbortController();
	let head = Buffer.alloc(0);
	socket.on('data', (data) => {
		head = Buffer.concat([head, data]);
		if (head.length >= HEAD_BYTES) settled.abort();
	});
	socket.on('error', () => settled.abort());
	socket.on('close', () => settled.abort());
	socket.write(REQUEST);
	await pause(answerMs, settled.signal);
	socket.destroy();
	if (head.length === 0) return null;
	if (head.length < HEAD_BYTES) return false;
	const length = head.readInt32BE(0);
	return length > 0 && length < LONGEST_ANSWER && head.readInt32BE(4) === CORRELATION;
}
