import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Guard } from './start-guard';

/** A folder that can be filled to the last byte. */
export interface Disk {
	readonly name: string;
	readonly path: string;
	/** False where this user may not mount: `fill` must not be called then. */
	readonly isOwn: boolean;
	fill(): void;
	/** Makes room again. */
	free(): void;
}

const CHUNK = Buffer.alloc(1 << 20);

/** A file system of its own of this size in memory, where root runs this; else a plain folder. */
export function makeDisk(guard: Guard, folder: string, name: string, megabytes: number): Disk {
	const path = join(folder, name);
	mkdirSync(path, { recursive: true });
	const isOwn = process.platform === 'linux' && process.getuid?.() === 0;
	if (isOwn) {
		execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', path]);
		guard.watch({ mount: path });
	}
	const ballast = join(path, 'ballast');
	return {
		name,
		path,
		isOwn,
		fill() {
			const file = openSync(ballast, 'w');
			try {
				for (let size = CHUNK.length; size > 0;) {
					try {
						writeSync(file, CHUNK, 0, size);
					} catch (error) {
						if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
						size >>= 1;
					}
				}
			} finally {
				closeSync(file);
			}
		},
		free: () => rmSync(ballast, { force: true }),
	};
}
