import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Client } from 'pg';

import { freePort, startChild } from './child-service';
import { locateService } from './describe-with';

export { describeWith } from './describe-with';

const run = promisify(execFile);

export interface PostgresService {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly password: string;
	readonly database: string;
	readonly url: string;
	readonly pid: number;
	/** Ends it, cutting off who is still connected, and removes its folder. */
	stop(): Promise<void>;
}

/** A real, empty PostgreSQL server on a free loopback port; it asks for the password. */
export async function startPostgres(): Promise<PostgresService> {
	const bin = locateService('postgres');
	const account = await unprivilegedAccount();
	const dir = await mkdtemp(join(tmpdir(), 'fleet-postgres-'));
	const access = { host: '127.0.0.1', user: 'fleet', password: 'fleet-secret', database: 'postgres' };
	const data = join(dir, 'data');
	await writeFile(join(dir, 'password'), access.password);
	if (account !== null) {
		await chown(dir, account.uid, account.gid);
		await chown(join(dir, 'password'), account.uid, account.gid);
	}
	const owner = { ...account, cwd: dir };
	const initdb = ['-D', data, '-U', access.user, '-A', 'scram-sha-256', '--pwfile', join(dir, 'password')];
	await run(join(bin, 'initdb'), [...initdb, '-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'], owner);

	const port = await freePort();
	const settings = [
		`port=${port}`,
		`listen_addresses=${access.host}`,
		'unix_socket_directories=',
		'fsync=off',
	];
	const child = await startChild(
		join(bin, 'postgres'),
		['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
		owner,
		() => accepts({ ...access, port }),
	);
	return {
		...access,
		port,
		url: `postgres://${access.user}:${access.password}@${access.host}:${port}/${access.database}`,
		pid: child.pid,
		async stop() {
			// SIGINT is PostgreSQL's fast shutdown.
			await child.end('SIGINT');
			await rm(dir, { recursive: true, force: true });
		},
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
