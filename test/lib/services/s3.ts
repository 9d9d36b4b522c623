import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureJars } from '../../../scripts/lib/ensure-jars.mjs';
import { s3Client } from '../../../src/adapters/s3/s3-client';
import type { S3Options } from '../../../src/adapters/s3/s3-options';
import { freePort, startChild } from './child-service';
import { locateService } from './describe-with';

export { describeWith } from './describe-with';

export interface S3Service {
	readonly host: string;
	readonly port: number;
	readonly pid: number;
	/** With an empty bucket. */
	readonly options: S3Options;
	/** Ends it, with all that it holds. */
	stop(): Promise<void>;
}

/** A real S3-compatible server (S3Proxy) on a loopback port, which holds its objects in memory and checks signatures. */
export async function startS3(): Promise<S3Service> {
	const jars = await ensureJars('s3proxy');
	const host = '127.0.0.1';
	const port = await freePort();
	const endpoint = `http://${host}:${port}`;
	const key = { accessKeyId: 'fleet', secretAccessKey: 'fleet-secret' };
	const dir = await mkdtemp(join(tmpdir(), 'fleet-s3-'));
	const properties = {
		's3proxy.endpoint': endpoint,
		's3proxy.authorization': 'aws-v4',
		's3proxy.identity': key.accessKeyId,
		's3proxy.credential': key.secretAccessKey,
		'jclouds.provider': 'transient-nio2',
	};
	const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
	await writeFile(join(dir, 's3proxy.properties'), lines.join(''));
	await writeFile(join(dir, 'logback.xml'), '<configuration><root level="WARN"/></configuration>');
	const child = await startChild(
		locateService('s3'),
		[
			...['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
			...[
				'-cp',
				[dir, join(jars, '*')].join(delimiter),
				'org.gaul.s3proxy.Main',
				'--properties',
				join(dir, 's3proxy.properties'),
			],
		],
		{},
		() => answers(endpoint),
	);
	const options = { ...key, endpoint, region: 'us-east-1', bucket: 'files', pathStyle: true };
	await s3Client(options).tell({ method: 'PUT' });
	return {
		host,
		port,
		pid: child.pid,
		options,
		stop: async () => {
			await child.end('SIGKILL');
			await rm(dir, { recursive: true, force: true });
		},
	};
}

async function answers(endpoint: string): Promise<boolean> {
	try {
		const response = await fetch(endpoint);
		await response.arrayBuffer();
		return true;
	} catch {
		return false;
	}
}
