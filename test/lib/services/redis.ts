import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort, startChild } from './child-service';
import { locateService } from './describe-with';

export { describeWith } from './describe-with';

export interface RedisOptions {
	/** Default: a free one. Give the port of one that was stopped to bring it back at the same place. */
	readonly port?: number;
	readonly password?: string;
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
	const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'fleet-redis-')));
	const child = await startChild(
		locateService('redis'),
		[
			...['--bind', host, '--port', String(port), '--dir', dir, '--save', ''],
			...(options.dir === undefined ? [] : ['--appendonly', 'yes', '--appendfsync', 'always']),
			...(options.password === undefined ? [] : ['--requirepass', options.password]),
			...(options.args ?? []),
		],
		{},
		() => answersPing(host, port),
	);
	const end = async (signal: NodeJS.Signals) => {
		await child.end(signal);
		if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
	};
	return { host, port, pid: child.pid, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function answersPing(host: string, port: number): Promise<boolean> {
	const socket = connect(port, host);
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
