import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { run } from './run.mjs';

const LISTEN = '0A';

/** Below the range that systems hand out to connections, which could take a port between its choice and its use. */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;

/** A port of the loopback that nobody listens on at the moment. */
export async function freePort() {
	for (;;) {
		const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
		if (await isPortFree(port)) return port;
	}
}

export function isPortFree(port) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error) => {
			if (error.code === 'EADDRINUSE') resolve(false);
			else reject(new Error(`port ${port} cannot be used: ${error.message}`, { cause: error }));
		});
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

function listeningInodes(port) {
	const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
	const inodes = new Set();
	for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
		for (const row of readFileSync(table, 'utf8').split('\n').slice(1)) {
			const fields = row.trim().split(/\s+/);
			if (fields[1]?.endsWith(suffix) && fields[3] === LISTEN) inodes.add(`socket:[${fields[9]}]`);
		}
	}
	return inodes;
}

/** Null for a descriptor that was closed since it was listed. */
function linkOf(path) {
	try {
		return readlinkSync(path);
	} catch {
		return null;
	}
}

function holderFromProc(port) {
	const inodes = listeningInodes(port);
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			const descriptors = readdirSync(`/proc/${pid}/fd`);
			if (!descriptors.some((fd) => inodes.has(linkOf(`/proc/${pid}/fd/${fd}`)))) continue;
			const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
				.split('\0')
				.map((word) => basename(word));
			return `process ${pid} (${words.join(' ').trim().slice(0, 70)})`;
		} catch {
			// Another user's process, or one that has just ended.
		}
	}
	return null;
}

/** Who listens on the port, in words. */
export async function portHolder(port) {
	try {
		if (process.platform === 'linux') return holderFromProc(port) ?? 'a process of another user';
		const { output } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
		const [, pid, command] = /p(\d+)\nc(.*)/.exec(output) ?? [];
		if (pid) return `process ${pid} (${command})`;
	} catch {
		// Without /proc and lsof there is no telling.
	}
	return 'another process';
}
