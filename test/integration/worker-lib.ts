import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const root = resolve(__dirname, '../..');
const running = new Set<ChildProcess>();
let command: string | undefined;

/** The command as it stands in the sources, for child processes. */
function builtCommand(): string {
	if (command !== undefined) return command;
	const folder = join(root, 'node_modules/.cache/n8n-nodes-fleet');
	mkdirSync(folder, { recursive: true });
	const outfile = join(folder, `cli-${process.pid}.js`);
	buildSync({
		entryPoints: [join(root, 'src/cli/main.ts')],
		...{ bundle: true, platform: 'node', packages: 'external', outfile, logLevel: 'error' },
	});
	return (command = outfile);
}

export interface WorkerProcess {
	/** What it has written so far, both streams. */
	output(): string;
	signal(signal: NodeJS.Signals): void;
	/** Its exit code; null when a signal ended it. */
	readonly ended: Promise<number | null>;
}

/** `n8n-nodes-fleet worker` with these flags, as a process of its own. */
export function startWorkerProcess(
	flags: readonly string[],
	env: Readonly<Record<string, string>> = {},
): WorkerProcess {
	const child = spawn(process.execPath, [builtCommand(), 'worker', ...flags], {
		env: { PATH: process.env.PATH, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	running.add(child);
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const ended = once(child, 'close').then(([code]) => {
		running.delete(child);
		return code as number | null;
	});
	return { output: () => output, signal: (signal) => void child.kill(signal), ended };
}

/** For `afterEach`: ends those that a failed test has left. */
export function killWorkers(): void {
	for (const child of running) child.kill('SIGKILL');
}
