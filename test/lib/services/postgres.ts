import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Client } from 'pg';

import { freePort, startChild } from './child-service';
import { locateService } from './describe-with';

export { describeWith } from './describe-with';

const run = promisify(execFile);

export interface PostgresOptions {
	/** Default: a free one. Give the port of one that was ended to bring it back at the same place. */
	readonly port?: number;
	/** Keeps the data for the next one on the same folder. Default: a temporary folder. */
	readonly dir?: string;
	/** More settings, as `name=value`. */
	readonly settings?: readonly string[];
}

export interface PostgresService {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly password: string;
	readonly database: string;
	readonly url: string;
	readonly pid: number;
	/** Ends it, cutting off who is still connected, and removes its temporary folder. */
	stop(): Promise<void>;
	/** Ends it as a crash would. */
	kill(): Promise<void>;
}

/** A real PostgreSQL server on a loopback port, empty unless `dir` has data; it asks for the password. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresService> {
	const bin = locateService('postgres');
	const account = await unprivilegedAccount();
	const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'fleet-postgres-')));
	const access = { host: '127.0.0.1', user: 'fleet', password: 'fleet-secret', database: 'postgres' };
	const data = join(dir, 'data');
	const owner = { ...account, cwd: dir };
	if (!existsSync(join(data, 'PG_VERSION'))) {
		await writeFile(join(dir, 'password'), access.password);
		if (account !== null) {
			await chown(dir, account.uid, account.gid);
			await chown(join(dir, 'password'), account.uid, account.gid);
		}
		const initdb = ['-D', data, '-U', access.user, '-A', 'scram-sha-256', '--pwfile', join(dir, 'password')];
		await run(join(bin, 'initdb'), [...initdb, '-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'], owner);
	}

	const port = options.port ?? (await freePort());
	const settings = [
		`port=${port}`,
		`listen_addresses=${access.host}`,
		'unix_socket_directories=',
		'fsync=off',
		...(options.settings ?? []),
	];
	const child = await startChild(
		join(bin, 'postgres'),
		['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
		owner,
		() => accepts({ ...access, port }),
	);
	const end = async (signal: NodeJS.Signals) => {
		await child.end(signal);
		if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
	};
	return {
		...access,
		port,
		url: `postgres://${access.user}:${access.password}@${access.host}:${port}/${access.database}`,
		pid: child.pid,
		// SIGINT is PostgreSQL's fast shutdown.
		stop: async () => await end('SIGINT'),
		kill: async () => await end('SIGKILL'),
	};
}

/** PostgreSQL refuses to run as root: root runs it as `postgres`, or `nobody` where that does not exist. */
async function unprivilegedAccount(): Promise<{ uid: number; gid: number } | null> {
	if (process.getuid?.() !== 0) return null;
	const idOf = async (flag: string) =>
		Number((await run('id', [flag, 'postgres']).catch(() => run('id', [flag, 'nobody']))).stdout);
	return { uid: await idOf('-u'), gid: await idOf('-g') };
}

async function accepts(access: {
	host: string;
	port: number;
	user: string;
	password: string;
	database: string;
}) {
	const client = new Client(access);
	client.on('error', () => {});
	try {
		await client.connect();
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => {});
	}
}
