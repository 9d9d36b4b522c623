import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logIn, type Call } from '../../scripts/lib/n8n-client.mjs';

export interface BenchN8n {
	readonly url: string;
	readonly call: Call;
	/** How late n8n's event loop was since this was last asked, in milliseconds, and its memory in bytes: now, and the most since then. */
	eventLoop(): Promise<{ p50: number; p99: number; max: number; rss: number; peakRss: number }>;
	stop(): Promise<void>;
}

interface Started {
	readonly url: string;
	readonly pid: number;
	readonly ownerEmail: string;
	readonly ownerPassword: string;
}

/** A real n8n with the package as it is built, n8n's default settings and no workflows, in a process of its own. */
export async function startN8n(folder: string): Promise<BenchN8n> {
	const child = fork(join('bench', 'processes', 'n8n-host.mjs'), [folder]);
	const host = await startedBy(child);
	const call = await logIn(host.url, host);
	return {
		url: host.url,
		call,
		eventLoop: async () => {
			const askedAt = Date.now();
			process.kill(host.pid, 'SIGUSR2');
			for (;;) {
				const told = await readFile(join(folder, 'event-loop.json'), 'utf8').catch(() => '{"at":0}');
				const delay = JSON.parse(told) as Awaited<ReturnType<BenchN8n['eventLoop']>> & { at: number };
				if (delay.at >= askedAt) return delay;
				await sleep(20);
			}
		},
		stop: async () => {
			child.disconnect();
			await once(child, 'exit');
		},
	};
}

async function startedBy(child: ChildProcess): Promise<Started> {
	const ended = once(child, 'exit').then(() => Promise.reject(new Error('n8n did not start: see above')));
	const [host] = (await Promise.race([once(child, 'message'), ended])) as [Started];
	return host;
}

/** Returns the id of the new credential. */
export async function addCredential({ call }: BenchN8n, type: string, data: object): Promise<string> {
	const { id } = await call<{ id: string }>('POST', '/credentials', { name: type, type, data });
	return id;
}
