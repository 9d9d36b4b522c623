import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startHost } from '../../scripts/lib/host.mjs';
import { logIn, type Call } from '../../scripts/lib/n8n-client.mjs';
import { startN8nWorker } from '../../scripts/lib/n8n-worker.mjs';
import { part, type Part, type Running, stopGroup } from './parts';
import type { Guard } from './start-guard';

export interface N8nOptions {
	readonly guard: Guard;
	/** Of n8n: made when missing. */
	readonly userFolder: string;
	readonly port: number;
	readonly smtpPort: number;
	/** What all of its processes share. */
	readonly env: Readonly<Record<string, string>>;
}

export interface N8n {
	readonly part: Part;
	/** One request as the owner, to whichever n8n is up at the moment. */
	readonly call: Call;
}

const WORKER_READY_WITHIN_MS = 90_000;

/** n8n's main process, without the shipped workflows. */
export function n8nMain({ guard, userFolder, port, smtpPort, env }: N8nOptions): N8n {
	const workflowsFolder = join(userFolder, 'no-workflows');
	mkdirSync(workflowsFolder, { recursive: true });
	let session: Promise<Call> | null = null;
	const launch = async (): Promise<Running> => {
		const onStarted = (_stop: unknown, pid: number) => guard.watch({ pid, isGroup: true });
		const host = await startHost({ userFolder, port, smtpPort, env, workflowsFolder, onStarted });
		session = logIn(host.url, host);
		await session;
		return {
			pid: host.pid,
			isGroup: true,
			kill: async () => await stopGroup(host.pid, 'SIGKILL', host.hasEnded),
			end: host.stop,
		};
	};
	const call: Call = async (...request) => {
		if (session === null) throw new Error('n8n was never up');
		return await (
			await session
		)(...request);
	};
	return { part: part(guard, 'n8n', 'n8n', launch), call };
}

export function n8nWorker(
	name: string,
	{ guard, userFolder, env }: Pick<N8nOptions, 'guard' | 'userFolder' | 'env'>,
): Part {
	return part(guard, 'n8n worker', name, async () => {
		const logFile = join(userFolder, `${name}.log`);
		const { child, healthUrl } = await startN8nWorker({ userFolder, env, logFile });
		const pid = child.pid ?? 0;
		guard.watch({ pid, isGroup: true });
		const ended = once(child, 'exit');
		const stop = async (signal: NodeJS.Signals) => await stopGroup(pid, signal, ended);
		for (const until = Date.now() + WORKER_READY_WITHIN_MS; ; await sleep(200)) {
			if (await isWell(healthUrl)) break;
			if (child.exitCode !== null || child.signalCode !== null || Date.now() > until) {
				await stop('SIGKILL');
				throw new Error(`${name} does not start: see ${logFile}`);
			}
		}
		return {
			pid,
			isGroup: true,
			kill: async () => await stop('SIGKILL'),
			end: async () => await stop('SIGTERM'),
		};
	});
}

async function isWell(url: string): Promise<boolean> {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
	} catch {
		return false;
	}
}
