import type { TransportKind, TransportOptions } from '../../adapters/bus/open-bus';
import { InvalidFieldError } from '../../domain/errors';
import { parseWord } from '../../domain/rules/parse-object';
import {
	list,
	oneOf,
	port,
	readFields,
	type Readers,
	type Report,
	text,
	wholeNumber,
	yesOrNo,
} from './read-fields';
import { readMqttUrl, readRedisUrl } from './server-urls';

type OptionsOf<K extends TransportKind> = Extract<TransportOptions, { kind: K }>;
type Kafka = OptionsOf<'kafka'>['kafka'];

const KINDS: readonly TransportKind[] = ['embedded', 'redisStreams', 'redisPubSub', 'kafka', 'mqtt'];

const milliseconds = wholeNumber(1, 86_400_000);

const SERVER = { host: text, port, username: text, password: text, answerMs: milliseconds };
const REDIS = { ...SERVER, url: readRedisUrl, database: wholeNumber(0, 1_000_000), tls: yesOrNo, ca: text };
const STREAMS = {
	...REDIS,
	partitions: wholeNumber(1, 1024),
	maxLength: wholeNumber(1, Number.MAX_SAFE_INTEGER),
	leaseMs: milliseconds,
};
const MQTT = {
	...SERVER,
	url: readMqttUrl,
	protocol: oneOf(['mqtt', 'mqtts', 'ws', 'wss']),
	path: text,
	version: (value: unknown, field: string) => parseWord(String(value), ['3.1.1', '5'], field),
	ca: text,
	receiveMaximum: wholeNumber(1, 65_535),
	sessionExpirySeconds: wholeNumber(0, 0xffff_ffff),
	clientIdPrefix: text,
	keepaliveSeconds: wholeNumber(1, 65_535),
	standbyMs: milliseconds,
};
const KAFKA = {
	brokers: list(text),
	clientId: text,
	tls: yesOrNo,
	ca: text,
	sasl: readSasl,
	compression: oneOf(['none', 'gzip', 'snappy', 'lz4', 'zstd']),
	answerMs: milliseconds,
	sessionMs: milliseconds,
};

/**
 * What carries a feed: `kind`, and how its server is reached: `url`, or host, port, user name and password.
 * @throws InvalidFieldError
 */
export function readTransport(value: unknown, field: string, report: Report): TransportOptions {
	if (typeof value === 'string') return readTransport({ kind: value }, field, report);
	const { kind: given, ...rest } = (value ?? {}) as Record<string, unknown>;
	const kind = parseWord(given, KINDS, `${field}.kind`);
	const read = <T extends object>(readers: Readers<T>): Partial<T> =>
		readFields(rest, field, readers, { report, what: `the transport ${kind}`, example: EXAMPLES[kind] });
	/** A host that is wrong is told already. */
	const known = (host: string | undefined): string => {
		if (host === undefined && rest.host === undefined && rest.url === undefined)
			throw missing(field, 'url', kind);
		return host ?? '';
	};
	switch (kind) {
		case 'embedded':
			return { kind, ...read({ leaseMs: milliseconds }) };
		case 'redisStreams': {
			const { url, ...fields } = read(STREAMS);
			return { kind, redis: { port: 6379, ...url, ...fields, host: known(fields.host ?? url?.host) } };
		}
		case 'redisPubSub': {
			const { url, ...fields } = read(REDIS);
			return { kind, redis: { port: 6379, ...url, ...fields, host: known(fields.host ?? url?.host) } };
		}
		case 'mqtt': {
			const { url, ...fields } = read(MQTT);
			return { kind, mqtt: { port: 1883, ...url, ...fields, host: known(fields.host ?? url?.host) } };
		}
		case 'kafka': {
			const { brokers = [], ...options } = read(KAFKA);
			if (rest.brokers === undefined) throw missing(field, 'brokers', kind);
			return { kind, kafka: { brokers, ...options } };
		}
	}
}

const EXAMPLES: Readonly<Record<TransportKind, string>> = {
	embedded: '{ kind: embedded }',
	redisStreams: '{ kind: redisStreams, url: "redis://redis.example.com:6379" }',
	redisPubSub: '{ kind: redisPubSub, url: "redis://redis.example.com:6379" }',
	mqtt: '{ kind: mqtt, url: "mqtt://broker.example.com:1883" }',
	kafka: '{ kind: kafka, brokers: ["kafka.example.com:9092"] }',
};

function missing(field: string, name: string, kind: TransportKind): InvalidFieldError {
	return new InvalidFieldError(
		field,
		`The transport ${kind} in ${field} has no ${name}`,
		`Give e.g. ${EXAMPLES[kind]}.`,
	);
}

function readSasl(value: unknown, field: string, report: Report): NonNullable<Kafka['sasl']> {
	const { mechanism, username, password } = readFields(
		value,
		field,
		{ mechanism: oneOf(['plain', 'scram-sha-256', 'scram-sha-512']), username: text, password: text },
		{ report, example: '{ mechanism: plain, username: fleet, password: "${KAFKA_PASSWORD}" }' },
	);
	if (mechanism === undefined || username === undefined || password === undefined) {
		throw new InvalidFieldError(field, `${field} is not complete`, 'Give mechanism, username and password.');
	}
	return { mechanism, username, password };
}
