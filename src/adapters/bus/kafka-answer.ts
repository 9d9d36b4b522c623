import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { pause } from './pause';
import type { BrokerPlace, KafkaOptions } from './kafka-options';

/** The one request that every Kafka answers before it asks who is there: which requests it knows (ApiVersions 0). */
const CORRELATION = 0x464c4545;
const REQUEST = Buffer.from('0000000a00120000464c4545ffff', 'hex');
const HEAD_BYTES = 8;
const LONGEST_ANSWER = 1024 * 1024;

const TLS_ALERT = 0x15;

/** What listens there, by its first answer; null when it does not answer. */
export async function whoAnswers(
	{ host, port }: BrokerPlace,
	{ tls = false }: Pick<KafkaOptions, 'tls'>,
	answerMs: number,
): Promise<'kafka' | 'tls' | 'other' | null> {
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
	if (head[0] === TLS_ALERT && head[1] === 3) return 'tls';
	if (head.length < HEAD_BYTES) return 'other';
	const length = head.readInt32BE(0);
	const isKafka = length > 0 && length < LONGEST_ANSWER && head.readInt32BE(4) === CORRELATION;
	return isKafka ? 'kafka' : 'other';
}
