/**
 * Clears up after a run, whatever ended it: reads from its input what there is to clear, a JSON object a line, and
 * when the input ends, as it does when the run is killed, ends the processes, unmounts and removes.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Leftover } from '../start-guard';

const GONE_WITHIN_MS = 5_000;

/** When the process began: a number that the system has given to another one since is left alone. */
function startOf(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return state === 'Z' ? null : (fields[18] ?? null);
	} catch {
		return null;
	}
}

function signal(target: number, name: NodeJS.Signals): void {
	try {
		process.kill(target, name);
	} catch {
		// Gone already.
	}
}

async function clear(
	leftovers: readonly Leftover[],
	starts: ReadonlyMap<number, string | null>,
): Promise<void> {
	const isThere = (pid: number) => starts.get(pid) !== null && startOf(pid) === starts.get(pid);
	const processes = leftovers.flatMap((each) => ('pid' in each ? [each] : []));
	for (const { pid, isGroup } of processes) {
		// A group outlives its leader: its number is not given away as long as one of it is there.
		if (isGroup) signal(-pid, 'SIGKILL');
		else if (isThere(pid)) signal(pid, 'SIGKILL');
	}
	for (const until = Date.now() + GONE_WITHIN_MS; Date.now() < until; await sleep(20)) {
		if (!processes.some(({ pid }) => isThere(pid))) break;
	}
	for (const each of leftovers) {
		if ('mount' in each) execFileSync('umount', ['--lazy', each.mount]);
	}
	for (const each of leftovers) {
		if ('folder' in each) rmSync(each.folder, { recursive: true, force: true });
	}
}

async function main(): Promise<void> {
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);
	const leftovers: Leftover[] = [];
	const starts = new Map<number, string | null>();
	for await (const line of createInterface({ input: process.stdin })) {
		const leftover = JSON.parse(line) as Leftover;
		leftovers.push(leftover);
		if ('pid' in leftover) starts.set(leftover.pid, startOf(leftover.pid));
	}
	await clear(leftovers, starts);
}

void main();
