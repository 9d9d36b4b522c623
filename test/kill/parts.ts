import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Guard } from './start-guard';

/** What faults hit: servers, and processes that consume, send or receive. */
export type Role =
	'redis' | 'postgres' | 'kafka' | 'n8n' | 'n8n worker' | 'feed worker' | 'mailer' | 'mail sink';

/** A process that can be killed, paused and brought back at the same place. */
export interface Part {
	readonly role: Role;
	readonly name: string;
	/** Brings it up and resolves when it is; at once when it is up. */
	start(): Promise<void>;
	isUp(): boolean;
	/** How often it was started. */
	starts(): number;
	/** SIGKILL; resolves when it is gone. */
	kill(): Promise<void>;
	/** SIGSTOP, until `resume`. */
	pause(): void;
	resume(): void;
	/** Ends it in order; by force after half a minute. */
	end(): Promise<void>;
}

/** One start of a part. */
export interface Running {
	readonly pid: number;
	/** It leads a process group, which is what signals go to. */
	readonly isGroup: boolean;
	kill(): Promise<void>;
	end(): Promise<void>;
}

const END_WITHIN_MS = 30_000;

/** `launch` resolves when what it has started is ready. */
export function part(guard: Guard, role: Role, name: string, launch: () => Promise<Running>): Part {
	let running: Running | null = null;
	let starting: Promise<void> | null = null;
	let starts = 0;
	const signal = (which: NodeJS.Signals) => {
		if (running !== null) signalTo(running, which);
	};
	const isUp = () => running !== null && isAlive(running.pid);
	return {
		role,
		name,
		isUp,
		starts: () => starts,
		start() {
			if (isUp()) return Promise.resolve();
			starting ??= launch()
				.then((started) => {
					running = started;
					starts++;
					guard.watch(started);
				})
				.finally(() => (starting = null));
			return starting;
		},
		async kill() {
			await starting?.catch(() => undefined);
			await running?.kill();
		},
		pause: () => signal('SIGSTOP'),
		resume: () => signal('SIGCONT'),
		async end() {
			await starting?.catch(() => undefined);
			if (!isUp() || running === null) return;
			const byForce = new AbortController();
			const late = sleep(END_WITHIN_MS, undefined, { signal: byForce.signal }).then(
				async () => await running?.kill(),
				() => undefined,
			);
			await Promise.race([running.end(), late]);
			byForce.abort();
		},
	};
}

/** A script of this run as a process in a group of its own, which writes what it says into `log`. */
export async function runScript(script: string, args: readonly string[], log: string): Promise<Running> {
	const out = openSync(log, 'a');
	const child = spawn(process.execPath, [script, ...args], { detached: true, stdio: ['ignore', out, out] });
	const ended = once(child, 'exit');
	await once(child, 'spawn');
	const pid = child.pid ?? 0;
	const stop = async (name: NodeJS.Signals) => await stopGroup(pid, name, ended);
	return {
		pid,
		isGroup: true,
		kill: async () => await stop('SIGKILL'),
		end: async () => await stop('SIGTERM'),
	};
}

/** Signals a process group; resolves when its leader has ended. */
export async function stopGroup(pid: number, name: NodeJS.Signals, ended: Promise<unknown>): Promise<void> {
	signalTo({ pid, isGroup: true }, name);
	await ended;
}

/** Brings parts back that ended by themselves, as a service manager does, unless a fault holds them down. */
export function supervise(
	parts: readonly Part[],
	isHeld: (part: Part) => boolean,
): { stop(): Promise<void> } {
	let isStopped = false;
	const watch = async (one: Part) => {
		for (; !isStopped; await sleep(500)) {
			// A server whose disk is full, or whose neighbour is away, is tried again.
			if (!one.isUp() && !isHeld(one)) await one.start().catch(() => undefined);
		}
	};
	const watching = parts.map(watch);
	return {
		async stop() {
			isStopped = true;
			await Promise.all(watching);
		},
	};
}

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

function signalTo({ pid, isGroup }: Pick<Running, 'pid' | 'isGroup'>, name: NodeJS.Signals): void {
	try {
		process.kill(isGroup ? -pid : pid, name);
	} catch {
		// Gone already.
	}
}
