import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate';
import { freePort } from './child-service';
import { locateService } from './describe-with';
import { KAFKA_HOST, kafkaConfiguration, type KafkaSecurity, KEYSTORE_PASSWORD } from './kafka-configuration';
import { launchKafka, prepareKafka } from './prepare-kafka';

export { describeWith } from './describe-with';
export { KAFKA_USER } from './kafka-configuration';

const run = promisify(execFile);

export interface KafkaSettings {
	/** Default `plain`. */
	readonly security?: KafkaSecurity;
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

/** A real Apache Kafka, one broker that is its own controller, on a loopback port. Topics come by being used. */
export async function startKafka(options: KafkaSettings = {}): Promise<KafkaService> {
	const prepared = await prepareKafka(locateService('kafka'));
	const { security = 'plain', port = await freePort(), settings } = options;
	const { advertisedPort = port } = options;
	const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'fleet-kafka-')));
	const certificate = security.toLowerCase().endsWith('tls') ? await makeKeystore(dir) : null;
	const properties = join(dir, 'server.properties');
	await writeFile(properties, await kafkaConfiguration({ security, port, advertisedPort, dir, settings }));
	const data = join(dir, 'data');
	if (!existsSync(data)) await cp(prepared.data, data, { recursive: true });
	const child = await launchKafka(prepared, properties, dir);
	const end = async (signal: NodeJS.Signals) => {
		await child.end(signal);
		if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
	};
	return {
		host: KAFKA_HOST,
		port,
		pid: child.pid,
		broker: `${KAFKA_HOST}:${advertisedPort}`,
		certificate,
		stop: async () => await end('SIGTERM'),
		kill: async () => await end('SIGKILL'),
	};
}

/** The certificate that it shows, with its key in the keystore that Kafka reads. */
async function makeKeystore(dir: string): Promise<string> {
	const { cert, key } = await makeCertificate(dir);
	const keystore = ['-out', join(dir, 'keystore.p12'), '-passout', `pass:${KEYSTORE_PASSWORD}`];
	await run('openssl', ['pkcs12', '-export', '-inkey', key, '-in', cert, ...keystore]);
	return readFileSync(cert, 'utf8');
}
