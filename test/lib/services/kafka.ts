import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ensureKafka } from '../../../scripts/lib/ensure-kafka.mjs';
import { makeCertificate } from './certificate';
import { freePort, startChild } from './child-service';
import { locateService } from './describe-with';

export { describeWith } from './describe-with';

const run = promisify(execFile);

const HOST = '127.0.0.1';
const STARTED = 'Kafka Server started';
const SECRET = 'test-secret';
export const KAFKA_USER = { username: 'fleet', password: 'fleet-secret' } as const;

export interface KafkaSettings {
	/** What clients have to do; default `plain`: nothing. `sasl`: PLAIN or SCRAM, as `KAFKA_USER`. */
	readonly security?: 'plain' | 'tls' | 'sasl' | 'saslTls';
	/** Default: a free one. Give the port of one that was ended to bring it back at the same place. */
	readonly port?: number;
	/** The port that clients are told to come to, e.g. a proxy's; default `port`. */
	readonly advertisedPort?: number;
	/** Keeps the data for the next one on the same folder. Default: a temporary folder. */
	readonly dir?: string;
	/** More of server.properties. */
	readonly settings?: Readonly<Record<string, string | number | boolean>>;
}

export interface KafkaService {
	readonly host: string;
	readonly port: number;
	readonly pid: number;
	/** `host:port`. */
	readonly broker: string;
	/** The certificate that it shows, PEM; null where it speaks no TLS. */
	readonly certificate: string | null;
	/** Ends it in order, and removes its temporary folder. */
	stop(): Promise<void>;
	/** Ends it as a crash would. */
	kill(): Promise<void>;
}

const PROTOCOLS = { plain: 'PLAINTEXT', tls: 'SSL', sasl: 'SASL_PLAINTEXT', saslTls: 'SASL_SSL' } as const;

/** A real Apache Kafka, one broker that is its own controller, on a loopback port. Topics come by being used. */
export async function startKafka(options: KafkaSettings = {}): Promise<KafkaService> {
	const java = locateService('kafka');
	const jars = join(await ensureKafka(), '*');
	const { security = 'plain', port = await freePort() } = options;
	const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'fleet-kafka-')));
	const certificate = security.toLowerCase().endsWith('tls') ? await makeKeystore(dir) : null;
	const properties = join(dir, 'server.properties');
	await writeFile(properties, asProperties(await configuration(options, security, port, dir)));
	if (!existsSync(join(dir, 'data', 'meta.properties'))) {
		const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
			'--add-scram',
			`${mechanism}=[name=${KAFKA_USER.username},password=${KAFKA_USER.password}]`,
		]);
		const format = ['format', '-t', 'AAAAAAAAAAAAAAAAAAAAAQ', '-c', properties, ...scram];
		await run(java, [...JVM, '-cp', jars, 'kafka.tools.StorageTool', ...format]);
	}
	const log = join(dir, 'kafka.log');
	await writeFile(log, '');
	const child = await startChild(
		java,
		[...JVM, `-Dorg.slf4j.simpleLogger.logFile=${log}`, '-cp', jars, 'kafka.Kafka', properties],
		{ cwd: dir },
		async () => readFileSync(log, 'utf8').includes(STARTED),
	);
	const end = async (signal: NodeJS.Signals) => {
		await child.end(signal);
		if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
	};
	return {
		host: HOST,
		port,
		pid: child.pid,
		broker: `${HOST}:${options.advertisedPort ?? port}`,
		certificate,
		stop: async () => await end('SIGTERM'),
		kill: async () => await end('SIGKILL'),
	};
}

const JVM = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

async function configuration(
	{ advertisedPort, settings }: KafkaSettings,
	security: keyof typeof PROTOCOLS,
	port: number,
	dir: string,
): Promise<Record<string, string | number | boolean>> {
	const controller = `${HOST}:${await freePort()}`;
	const internal = `INTERNAL://${HOST}:${await freePort()}`;
	const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
	const scramModule = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
	return {
		'process.roles': 'broker,controller',
		'node.id': 1,
		'controller.quorum.voters': `1@${controller}`,
		'controller.listener.names': 'CONTROLLER',
		listeners: `CLIENT://${HOST}:${port},${internal},CONTROLLER://${controller}`,
		'advertised.listeners': `CLIENT://${HOST}:${advertisedPort ?? port},${internal}`,
		'inter.broker.listener.name': 'INTERNAL',
		'listener.security.protocol.map': `CLIENT:${PROTOCOLS[security]},INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT`,
		'log.dirs': join(dir, 'data'),
		// Until its former life is over by that, a broker that was killed is not let in again.
		'broker.session.timeout.ms': 3000,
		'broker.heartbeat.interval.ms': 500,
		'num.partitions': 3,
		'group.initial.rebalance.delay.ms': 0,
		'offsets.topic.replication.factor': 1,
		'offsets.topic.num.partitions': 1,
		'transaction.state.log.replication.factor': 1,
		'transaction.state.log.min.isr': 1,
		'transaction.state.log.num.partitions': 1,
		'share.coordinator.state.topic.replication.factor': 1,
		'share.coordinator.state.topic.min.isr': 1,
		'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
		'listener.name.client.plain.sasl.jaas.config': `${plainModule} user_${KAFKA_USER.username}="${KAFKA_USER.password}";`,
		'listener.name.client.scram-sha-256.sasl.jaas.config': scramModule,
		'listener.name.client.scram-sha-512.sasl.jaas.config': scramModule,
		...(security.toLowerCase().endsWith('tls')
			? {
					'ssl.keystore.type': 'PKCS12',
					'ssl.keystore.location': join(dir, 'keystore.p12'),
					'ssl.keystore.password': SECRET,
				}
			: {}),
		...settings,
	};
}

function asProperties(settings: Readonly<Record<string, string | number | boolean>>): string {
	return Object.entries(settings)
		.map(([name, value]) => `${name}=${value}\n`)
		.join('');
}

/** The certificate that it shows, with its key in the keystore that Kafka reads. */
async function makeKeystore(dir: string): Promise<string> {
	const { cert, key } = await makeCertificate(dir);
	const keystore = ['-out', join(dir, 'keystore.p12'), '-passout', `pass:${SECRET}`];
	await run('openssl', ['pkcs12', '-export', '-inkey', key, '-in', cert, ...keystore]);
	return readFileSync(cert, 'utf8');
}
