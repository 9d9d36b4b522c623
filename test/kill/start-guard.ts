import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What must not be left when the run is over; `isGroup`: the process leads a group of its own. */
export type Leftover =
	| { readonly pid: number; readonly isGroup: boolean }
	| { readonly mount: string }
	| { readonly folder: string };

export interface Guard {
	/** To be called as soon as it is there. */
	watch(leftover: Leftover): void;
	/** Clears up, and resolves when nothing is left. */
	end(): Promise<void>;
}

/** A process that clears up when this one ends, even when it is killed. */
export function startGuard(script: string): Guard {
	const child = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
	child.stdin.on('error', () => undefined);
	const ended = once(child, 'exit');
	return {
		watch: (leftover) => void child.stdin.write(`${JSON.stringify(leftover)}\n`),
		async end() {
			child.stdin.end();
			await ended;
		},
	};
}
