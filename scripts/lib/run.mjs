import { spawn } from 'node:child_process';

const running = new Set();

/** Ends a child and all that it started. A child that is gone already is fine. */
export function endGroup(child, signal = 'SIGTERM') {
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch (error) {
		if (error.code !== 'ESRCH') throw error;
	}
}

/** Ends every command that still runs: for when a person presses Ctrl-C. */
export function endAllCommands() {
	for (const child of running) endGroup(child, 'SIGKILL');
}

/**
 * Runs a command to its end and resolves with `{ code, output }`; `onLine` sees each line as it comes.
 * Commands get a process group of their own, so that ending one ends its children too. One that takes longer than
 * `timeoutMs` is ended, and says so in its output.
 */
export function run(command, args, { cwd, env = process.env, onLine, timeoutMs } = {}) {
	return new Promise((resolvePromise, reject) => {
		const isWindows = process.platform === 'win32';
		const child = spawn(command, args, {
			cwd,
			env,
			detached: !isWindows,
			shell: isWindows && !/[\\/]/.test(command),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		running.add(child);
		let output = '';
		let rest = '';
		const take = (chunk) => {
			output += chunk;
			const lines = (rest + chunk).split('\n');
			rest = lines.pop();
			if (onLine) for (const each of lines) onLine(each);
		};
		const timer =
			timeoutMs &&
			setTimeout(() => {
				output += `\nended, since it took longer than ${Math.round(timeoutMs / 1000)} s\n`;
				endGroup(child, 'SIGKILL');
			}, timeoutMs);
		child.stdout.setEncoding('utf8').on('data', take);
		child.stderr.setEncoding('utf8').on('data', take);
		child.once('error', (error) => {
			running.delete(child);
			reject(new Error(`"${command}" could not be started: ${error.message}`, { cause: error }));
		});
		child.once('close', (code, signal) => {
			clearTimeout(timer);
			running.delete(child);
			resolvePromise({ code: code ?? 1, signal, output });
		});
	});
}

/** A failed command, with its whole output for whoever shows it. */
export class CommandError extends Error {
	constructor(message, output) {
		super(message);
		this.name = 'CommandError';
		this.output = output;
	}
}

/** Like `run`, but a command that fails throws a `CommandError` with this message. */
export async function mustRun(message, command, args, options) {
	const result = await run(command, args, options);
	if (result.code !== 0) throw new CommandError(message, result.output);
	return result.output;
}

export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}
