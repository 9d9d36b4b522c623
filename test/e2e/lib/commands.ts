import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

import { eventually } from '../tools/eventually';

const root = resolve(__dirname, '..', '..', '..');

export interface RunningCommand {
	readonly pid: number;
	/** What it has printed so far. */
	screen(): string;
	/** Resolves when it has printed this; rejects when it ends before. */
	untilPrinted(text: string, withinMs?: number): Promise<void>;
	/** Resolves with its exit code, null when a signal ended it. */
	untilEnded(): Promise<number | null>;
	signal(signal: NodeJS.Signals): void;
}

/** Runs `npm start` or `npm run demo` as a person does, here without a terminal. */
export function startCommand(
	name: 'start' | 'demo',
	env: Readonly<Record<string, string>>,
	args: readonly string[] = [],
): RunningCommand {
	const child = spawn(process.execPath, [resolve(root, 'scripts', `${name}.mjs`), ...args], {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const chunks: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
	const closed = once(child, 'close');
	const screen = () => Buffer.concat(chunks).toString();
	return {
		pid: child.pid ?? 0,
		screen,
		untilPrinted: async (text, withinMs = 240_000) => {
			await eventually(`"${text}" is printed`, () => screen().includes(text) || hasEnded(child), withinMs);
			if (!screen().includes(text)) throw new Error(`It ended before it printed "${text}":\n${screen()}`);
		},
		untilEnded: async () => ((await closed) as [number | null])[0],
		signal: (signal) => void child.kill(signal),
	};
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}
