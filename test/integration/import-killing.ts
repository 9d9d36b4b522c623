import { buildSync } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StoreOptions } from '../../src/adapters/store/store-options';
import type { ImportJob } from '../../src/runner/import-job';
import type { ImportBench } from './import-lib';

const modules = join(__dirname, '../../node_modules');

/** The process that imports, bundled with its threads, where it finds the packages; returns its file. */
export function buildImporter(): string {
	const folder = join(modules, '.cache/n8n-nodes-fleet', `importer-${process.pid}`);
	buildSync({
		entryPoints: [join(__dirname, 'import-child.ts'), join(__dirname, '../../src/runner/thread.ts')],
		...{ bundle: true, platform: 'node', packages: 'external', outdir: folder, entryNames: '[name]' },
		logLevel: 'error',
	});
	return join(folder, 'import-child.js');
}

export interface Killing {
	readonly importer: string;
	readonly store: StoreOptions;
	/** As of `RunImportDeps`. */
	readonly transactionMs: number;
	readonly kills: number;
	/** From 0 to 1. */
	readonly random: () => number;
}

/**
 * Runs the import in processes that are killed so many times, some before their first chunk and some after it, then
 * in one that is left alone. Returns how many were killed while they worked.
 */
export async function importUnderKills(bench: ImportBench, id: number, killing: Killing): Promise<number> {
	const { importer, store, transactionMs, kills, random } = killing;
	const job: ImportJob = {
		...{ task: 'run', id, store, blobs: { kind: 'folder', path: join(bench.dir, 'files') } },
		timing: { leaseMs: 1, transactionMs },
	};
	const rowsDone = async () => (await bench.read(({ imports }) => imports.get(id)))?.rowsDone ?? 0;
	for (let killed = 0; ;) {
		const child = spawn(process.execPath, [importer, JSON.stringify(job)], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let output = '';
		child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
		const closed = once(child, 'close') as Promise<[number | null, string | null]>;
		if (killed < kills) await lifeOf(rowsDone, random, closed).then(() => child.kill('SIGKILL'));
		const [code, signal] = await closed;
		if (signal === 'SIGKILL') killed += 1;
		else if (code !== 0 || !output.includes('ended done')) throw new Error(`The import broke off: ${output}`);
		else return killed;
	}
}

/** Most end soon after their first chunk, some before it. */
async function lifeOf(
	rowsDone: () => Promise<number>,
	random: () => number,
	closed: Promise<unknown>,
): Promise<void> {
	let isClosed = false;
	void closed.then(() => (isClosed = true));
	if (random() < 0.3) {
		await Promise.race([pause(random() * 1_200), closed]);
		return;
	}
	const before = await rowsDone();
	while (!isClosed && (await rowsDone()) === before) await pause(10);
	await pause(random() * 150);
}
