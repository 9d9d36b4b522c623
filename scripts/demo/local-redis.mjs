import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../lib/ports.mjs';

/** Starts a Redis of the demo's own on loopback; null where the machine has none. */
export async function startLocalRedis() {
	const folder = mkdtempSync(join(tmpdir(), 'fleet-demo-redis-'));
	const port = await freePort();
	const args = [
		'--port',
		String(port),
		'--bind',
		'127.0.0.1',
		'--dir',
		folder,
		'--save',
		'',
		'--appendonly',
		'yes',
	];
	const server = spawn('redis-server', args, { stdio: 'ignore' });
	const ended = new Promise((resolve) => {
		server.once('error', resolve);
		server.once('close', resolve);
	});
	const stop = async () => {
		server.kill('SIGTERM');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	for (let attempt = 0; attempt < 50; attempt++) {
		if (server.pid === undefined || server.exitCode !== null) break;
		if (await accepts(port)) return { port, stop };
		await sleep(100);
	}
	await stop();
	return null;
}

async function accepts(port) {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		const end = (isOpen) => {
			socket.destroy();
			resolve(isOpen);
		};
		socket.once('connect', () => end(true));
		socket.once('error', () => end(false));
	});
}
