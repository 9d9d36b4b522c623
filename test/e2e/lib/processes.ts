import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LISTEN = '0A';

interface Process {
	readonly pid: number;
	readonly parent: number;
	readonly isZombie: boolean;
}

/** Null for one that is gone. */
function readProcess(pid: number): Process | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name, in brackets, may hold anything.
		const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return { pid, parent: Number(parent), isZombie: state === 'Z' };
	} catch {
		return null;
	}
}

/** The process and all that it started, and those started, now. */
export function treeOf(pid: number): number[] {
	const all = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => readProcess(Number(name)) ?? []);
	const tree = [pid];
	for (const each of tree)
		tree.push(...all.filter(({ parent }) => parent === each).map((child) => child.pid));
	return tree;
}

/** Those of the processes that still run, each with its command line. */
function alive(pids: readonly number[]): string[] {
	return pids.flatMap((pid) => {
		const found = readProcess(pid);
		return found === null || found.isZombie ? [] : [`${pid} ${commandLineOf(pid)}`];
	});
}

function commandLineOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
	} catch {
		return '';
	}
}

/** Rejects, naming them, when some of the processes still run after this time: a killed one takes a moment to go. */
export async function untilGone(pids: readonly number[], withinMs = 3_000): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (alive(pids).length > 0) {
		if (Date.now() > deadline) throw new Error(`Still running:\n${alive(pids).join('\n')}`);
		await sleep(50);
	}
}

/** The addresses on which the processes listen, as `127.0.0.1:5678`; IPv6 as the kernel writes it, in hex. */
export function listeningOf(pids: readonly number[]): string[] {
	const inodes = new Set(pids.flatMap(socketsOf));
	return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
		readFileSync(table, 'utf8')
			.split('\n')
			.slice(1)
			.map((row) => row.trim().split(/\s+/))
			.filter((fields) => fields[3] === LISTEN && inodes.has(`socket:[${fields[9]}]`))
			.map((fields) => addressOf(fields[1] ?? '')),
	);
}

function socketsOf(pid: number): string[] {
	return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
		try {
			return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
		} catch {
			// Closed since it was listed.
			return [];
		}
	});
}

function addressOf(text: string): string {
	const [address = '', port = ''] = text.split(':');
	if (address.length !== 8) return `${address}:${parseInt(port, 16)}`;
	const bytes = address.match(/../g) ?? [];
	return `${bytes
		.map((byte) => parseInt(byte, 16))
		.reverse()
		.join('.')}:${parseInt(port, 16)}`;
}
