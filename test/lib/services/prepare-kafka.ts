import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureJars } from '../../../scripts/lib/ensure-jars.mjs';
import { withLock } from '../../../scripts/lib/lock.mjs';
import { type ChildService, freePort, startChild } from './child-service';
import { KAFKA_USER, kafkaConfiguration } from './kafka-configuration';

const run = promisify(execFile);

const JVM = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const STARTED = 'Kafka Server started';

export interface PreparedKafka {
	readonly java: string;
	/** What Java needs to run a class of Kafka's. */
	readonly arguments: readonly string[];
	/** A formatted data folder, to be copied. */
	readonly data: string;
}

/**
 * What every start has in common, made once for this machine: formatted data that knows `KAFKA_USER`, and an archive of
 * Kafka's classes, with which Java starts it in half the time.
 */
export async function prepareKafka(java: string): Promise<PreparedKafka> {
	const jars = await ensureJars('kafka');
	const folder = join(dirname(jars), 'prepared');
	const bare = [...JVM, '-cp', join(jars, '*')];
	if (!existsSync(folder)) {
		await withLock(`${folder}.lock`, async () => {
			if (existsSync(folder)) return;
			const partial = `${folder}.partial`;
			await rm(partial, { recursive: true, force: true });
			await mkdir(partial);
			await prepare(java, bare, partial);
			await rename(partial, folder);
		});
	}
	const archived = [`-XX:SharedArchiveFile=${join(folder, 'classes.jsa')}`, ...bare];
	return { java, arguments: archived, data: join(folder, 'data') };
}

async function prepare(java: string, bare: readonly string[], dir: string): Promise<void> {
	const port = await freePort();
	const properties = join(dir, 'server.properties');
	const place = { security: 'plain', port, advertisedPort: port, dir: join(dir, 'used') } as const;
	await writeFile(properties, await kafkaConfiguration(place));
	const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
		'--add-scram',
		`${mechanism}=[name=${KAFKA_USER.username},password=${KAFKA_USER.password}]`,
	]);
	const format = ['format', '-t', 'AAAAAAAAAAAAAAAAAAAAAQ', '-c', properties, ...scram];
	await run(java, [...bare, 'kafka.tools.StorageTool', ...format]);
	await cp(join(dir, 'used', 'data'), join(dir, 'data'), { recursive: true });
	const archiving = [`-XX:ArchiveClassesAtExit=${join(dir, 'classes.jsa')}`, ...bare];
	const kafka = await launchKafka({ java, arguments: archiving }, properties, dir);
	await kafka.end('SIGTERM');
}

/** Resolves when it has started. Its log, and what it writes where it stands, are in `dir`. */
export async function launchKafka(
	kafka: Pick<PreparedKafka, 'java' | 'arguments'>,
	properties: string,
	dir: string,
): Promise<ChildService> {
	const log = join(dir, 'kafka.log');
	await writeFile(log, '');
	return await startChild(
		kafka.java,
		[`-Dorg.slf4j.simpleLogger.logFile=${log}`, ...kafka.arguments, 'kafka.Kafka', properties],
		{ cwd: dir },
		async () => readFileSync(log, 'utf8').includes(STARTED),
	);
}
