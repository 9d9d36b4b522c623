import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Certificate } from './certificate';
import { freePort, startChild } from './child-service';
import { locateService } from './describe-with';

export { describeWith } from './describe-with';

const run = promisify(execFile);

export interface MosquittoOptions {
	/** Default: a free one. Give the port of one that was stopped to bring it back at the same place. */
	readonly port?: number;
	/** Keeps sessions and messages for the next one on the same folder. Default: a temporary folder, nothing is kept. */
	readonly dir?: string;
	/** Lets in only who names this user and password. */
	readonly user?: { readonly name: string; readonly password: string };
	/** Speaks TLS, and TLS only. */
	readonly certificate?: Certificate;
	/** More lines for its configuration. */
	readonly config?: readonly string[];
}

export interface MosquittoService {
	readonly host: string;
	readonly port: number;
	readonly pid: number;
	/** Ends it in order, and removes its temporary folder. */
	stop(): Promise<void>;
	/** Ends it as a crash would. */
	kill(): Promise<void>;
}

/** A real Mosquitto on a loopback port. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<MosquittoService> {
	const host = '127.0.0.1';
	const port = options.port ?? (await freePort());
	const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'fleet-mosquitto-')));
	const { user, certificate } = options;
	const passwords = join(dir, 'passwords');
	if (user) await run('mosquitto_passwd', ['-b', '-c', passwords, user.name, user.password]);
	const config = [
		`listener ${port} ${host}`,
		// As root it would become another user, who may not write here.
		'user root',
		...(user ? [`password_file ${passwords}`] : ['allow_anonymous true']),
		...(certificate ? [`certfile ${certificate.cert}`, `keyfile ${certificate.key}`] : []),
		...(options.dir === undefined ? [] : ['persistence true', `persistence_location ${dir}/`]),
		// Each change is on disk at once, so that a crash loses none.
		...(options.dir === undefined ? [] : ['autosave_on_changes true', 'autosave_interval 1']),
		'max_queued_messages 0',
		...(options.config ?? []),
	];
	const path = join(dir, 'mosquitto.conf');
	await writeFile(path, `${config.join('\n')}\n`);
	const child = await startChild(locateService('mosquitto'), ['-c', path], {}, () => listens(host, port));
	const end = async (signal: NodeJS.Signals) => {
		await child.end(signal);
		if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
	};
	return { host, port, pid: child.pid, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function listens(host: string, port: number): Promise<boolean> {
	const socket = connect(port, host);
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
