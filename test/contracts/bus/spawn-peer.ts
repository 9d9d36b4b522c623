import { build } from 'esbuild';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bundledModules } from '../../../scripts/lib/bundled-modules.cjs';
import type { ProcessOptions } from './transports';

export interface PeerProgram {
	/** Starts another process on a bus; see `peer-process.ts`. */
	spawn(options: ProcessOptions, command: 'publish' | 'hold', feed: string, count: number): ChildProcess;
	/** The same in a thread of this process; resolves when it has ended. */
	runThread(options: ProcessOptions, command: 'publish', feed: string, count: number): Promise<void>;
	/** Ends them all as a crash would. */
	remove(): Promise<void>;
}

export async function buildPeer(): Promise<PeerProgram> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-peer-'));
	const outfile = join(dir, 'peer.js');
	const entryPoints = [join(__dirname, 'peer-process.ts')];
	await build({ ...bundledModules, entryPoints, outfile, bundle: true, platform: 'node', logLevel: 'error' });
	const children: ChildProcess[] = [];
	return {
		spawn: (options, command, feed, count) => {
			const args = [outfile, JSON.stringify(options), command, feed, String(count)];
			const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
			children.push(child);
			return child;
		},
		runThread: async (options, command, feed, count) => {
			await once(
				new Worker(outfile, { argv: [JSON.stringify(options), command, feed, String(count)] }),
				'exit',
			);
		},
		remove: async () => {
			for (const child of children) child.kill('SIGKILL');
			await rm(dir, { recursive: true, force: true });
		},
	};
}
