import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './run.mjs';

const BEAT_MS = 2_000;
const STALE_MS = 20_000;

/** Whether the holder was killed: its process is gone, or (on another host, in another container) it beats no more. */
async function isStale(folder) {
	try {
		const { mtimeMs } = await stat(folder);
		if (Date.now() - mtimeMs > STALE_MS) return true;
		const holder = JSON.parse(await readFile(join(folder, 'holder.json'), 'utf8'));
		return holder.host === hostname() && !isAlive(holder.pid);
	} catch {
		// Just made and not yet signed, or just released: look again in a moment.
		return false;
	}
}

/**
 * Runs `work` while no other process on this machine holds the lock `folder`, and waits for it where one does
 * (`onWait` is called once). A killed holder's lock is taken over.
 */
export async function withLock(folder, work, onWait = () => {}) {
	let isWaiting = false;
	for (;;) {
		try {
			await mkdir(folder);
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		if (await isStale(folder)) {
			// Renamed first: of two that find it stale, only one may take it away.
			const dead = `${folder}.${process.pid}.dead`;
			await rename(folder, dead).catch(() => {});
			await rm(dead, { recursive: true, force: true });
			continue;
		}
		if (!isWaiting) onWait();
		isWaiting = true;
		await sleep(300);
	}
	await writeFile(join(folder, 'holder.json'), JSON.stringify({ pid: process.pid, host: hostname() }));
	const beat = setInterval(() => {
		const now = new Date();
		utimes(folder, now, now).catch(() => {});
	}, BEAT_MS);
	beat.unref();
	try {
		return await work();
	} finally {
		clearInterval(beat);
		await rm(folder, { recursive: true, force: true });
	}
}
