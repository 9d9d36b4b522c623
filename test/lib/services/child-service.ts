import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

export { freePort } from '../../../scripts/lib/ports.mjs';

export interface ChildService {
	readonly pid: number;
	/** Sends the signal and resolves when the process is gone; at once when it already is. */
	end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a program and resolves once `isReady` answers true (asked every 20 ms). Rejects with what the program wrote
 * when it ends, or is not ready within 30 s.
 */
export async function startChild(
	program: string,
	args: readonly string[],
	options: SpawnOptions,
	isReady: () => Promise<boolean>,
): Promise<ChildService> {
	const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	const output: string[] = [];
	child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
	child.on('error', (error) => output.push(error.message));
	const deadline = Date.now() + 30_000;
	while (!(await isReady())) {
		if (hasEnded(child) || child.pid === undefined || Date.now() > deadline) {
			child.kill('SIGKILL');
			throw new Error(`${program} did not start:\n${output.join('')}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	const pid = child.pid;
	if (pid === undefined || hasEnded(child)) throw new Error(`${program} ended:\n${output.join('')}`);
	return {
		pid,
		async end(signal) {
			if (hasEnded(child)) return;
			const ended = once(child, 'exit');
			child.kill(signal);
			await ended;
		},
	};
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}
