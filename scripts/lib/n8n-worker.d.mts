import type { ChildProcess } from 'node:child_process';

export function startN8nWorker(options: {
	readonly userFolder: string;
	readonly env: Readonly<Record<string, string>>;
	readonly logFile: string;
}): Promise<{ readonly child: ChildProcess; readonly healthUrl: string }>;
