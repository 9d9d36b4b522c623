export type KafkaCompression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

export type KafkaSaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';

/** How a Kafka is reached: plain data. */
export interface KafkaOptions {
	/** `host:port` each; from any of them all are found. Port 9092 where none is given. */
	readonly brokers: readonly string[];
	/** What the brokers see this client as; default `n8n-nodes-fleet`. */
	readonly clientId?: string;
	/** The brokers' certificates are checked, against `ca` (PEM) where it is given. */
	readonly tls?: boolean;
	readonly ca?: string;
	readonly sasl?: {
		readonly mechanism: KafkaSaslMechanism;
		readonly username: string;
		readonly password: string;
	};
	/** How published messages are compressed; default `none`. All of them can be read, whatever it is. */
	readonly compression?: KafkaCompression;
	/** How long to wait for a connection or an answer before a broker counts as away; default 10,000. */
	readonly answerMs?: number;
	/** How long a reader that died keeps its partitions from the others of its group; default 20,000. */
	readonly sessionMs?: number;
	/** Longest pause between two attempts to reach the brokers; default 15,000. */
	readonly retryMaxMs?: number;
}

const DEFAULT_PORT = 9092;
const DEFAULT_ANSWER_MS = 10_000;
const DEFAULT_SESSION_MS = 20_000;

export const answerMsOf = ({ answerMs = DEFAULT_ANSWER_MS }: KafkaOptions): number => answerMs;
export const sessionMsOf = ({ sessionMs = DEFAULT_SESSION_MS }: KafkaOptions): number => sessionMs;

export interface BrokerPlace {
	readonly host: string;
	readonly port: number;
}

/** Where the brokers are; an IPv6 address with a port is in brackets. */
export function brokerPlaces({ brokers }: Pick<KafkaOptions, 'brokers'>): BrokerPlace[] {
	return brokers.map((broker) => {
		const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(broker.trim()) ?? [];
		return {
			host: bracketed ?? plain ?? broker.trim(),
			port: port === undefined ? DEFAULT_PORT : Number(port),
		};
	});
}
