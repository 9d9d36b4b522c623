import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';

import type { Certificate } from './certificate';
import { freePort, startChild } from './child-service';
import { locateService } from './describe-with';

export { describeWith } from './describe-with';

export interface RedisOptions {
	/** Default: a free one. Give the port of one that was stopped to bring it back at the same place. */
	readonly port?: number;
	readonly password?: string;
	/** Speaks TLS, and TLS only. */
	readonly certificate?: Certificate;
	/** Keeps the data, written through to disk, for the next one on the same folder. Default: a temporary folder. */
	readonly dir?: string;
	/** More arguments for redis-server. */
	readonly args?: readonly string[];
}

export interface RedisService {
	readonly host: string;
	readonly port: number;
	readonly pid: number;
	/** Ends it in order, and removes its temporary folder. */
	stop(): Promise<void>;
	/** Ends it as a crash would. */
	kill(): Promise<void>;
}

/** A real Redis server on a loopback port. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisService> {
	const host = '127.0.0.1';
	const port = options.port ?? (await freePort());
	const at = { host, port };
	const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'fleet-redis-')));
	const { certificate } = options;
	const child = await startChild(
		locateService('redis'),
		[
			...['--bind', host, '--dir', dir, '--save', ''],
			...(certificate === undefined ? ['--port', String(port)] : tlsArgs(certificate, port)),
			...(options.dir === undefined ? [] : ['--appendonly', 'yes', '--appendfsync', 'always']),
			...(options.password === undefined ? [] : ['--requirepass', options.password]),
			...(options.args ?? []),
		],
		{},
		() => answersPing(() => (certificate ? connectTls({ ...at, rejectUnauthorized: false }) : connect(at))),
	);
	const end = async (signal: NodeJS.Signals) => {
		await child.end(signal);
		if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
	};
	return { host, port, pid: child.pid, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

const tlsArgs = ({ cert, key }: Certificate, port: number): string[] => [
	...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
	...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert],
];

async function answersPing(open: () => Socket): Promise<boolean> {
	const socket = open();
	try {
		await once(socket, 'connect');
		socket.write('PING\r\n');
		const closed = once(socket, 'close').then(() => [Buffer.from('')]);
		const [answer] = (await Promise.race([once(socket, 'data'), closed])) as [Buffer];
		return /^(\+PONG|-NOAUTH)/.test(answer.toString());
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
