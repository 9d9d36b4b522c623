import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const load = async () => ({
	...(await import('./install-once.mjs')),
	...(await import('./lock.mjs')),
	...(await import('./ports.mjs')),
});

let cache: string;

beforeEach(() => {
	cache = mkdtempSync(join(tmpdir(), 'fleet-cache-'));
	process.env.FLEET_CACHE_DIR = cache;
});
afterEach(() => {
	delete process.env.FLEET_CACHE_DIR;
	rmSync(cache, { recursive: true, force: true });
});

/** The id of a process that has ended. */
function deadPid(): number {
	return spawnSync(process.execPath, ['--version']).pid;
}

function leaveLock(folder: string, pid: number): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'holder.json'), JSON.stringify({ pid, host: hostname() }));
}

it('installs once for two that ask at the same time, and tells the later one that it waits', async () => {
	const { installOnce } = await load();
	let installs = 0;
	const notes: string[] = [];
	const install = async () => {
		installs++;
		await sleep(100);
	};
	const installToo = async () => await installOnce('node', install, (note) => notes.push(note));
	const folders = await Promise.all([installToo(), installToo()]);
	expect(installs).toBe(1);
	expect(new Set(folders).size).toBe(1);
	expect(notes).toEqual(['another command is installing it: waiting']);
	expect(readdirSync(cache)).toHaveLength(1);
});

it('begins anew after an install that was killed', async () => {
	const { installFolder, installOnce } = await load();
	const folder = installFolder('n8n');
	leaveLock(`${folder}.lock`, deadPid());
	mkdirSync(`${folder}.partial`);
	writeFileSync(join(`${folder}.partial`, 'half-written'), '');
	await installOnce('n8n', async (partial) => writeFileSync(join(partial, 'whole'), ''));
	expect(readdirSync(folder).sort()).toEqual(['package-lock.json', 'package.json', 'whole']);
	expect(readdirSync(cache)).toHaveLength(1);
});

it('takes a failed install for none', async () => {
	const { installFolder, installOnce } = await load();
	const failing = installOnce('node', async () => await Promise.reject(new Error('no network')));
	await expect(failing).rejects.toThrow('no network');
	expect(existsSync(installFolder('node'))).toBe(false);
	expect(existsSync(`${installFolder('node')}.lock`)).toBe(false);
});

it('leaves the lock of a process that lives alone', async () => {
	const { withLock } = await load();
	const lock = join(cache, 'held.lock');
	leaveLock(lock, process.pid);
	let isDone = false;
	const waiting = withLock(lock, async () => {
		await sleep(0);
		isDone = true;
	});
	await sleep(700);
	expect(isDone).toBe(false);
	rmSync(lock, { recursive: true });
	await waiting;
	expect(isDone).toBe(true);
});

it('says who holds a port', async () => {
	const { freePort, isPortFree, portHolder } = await load();
	const port = await freePort();
	expect(await isPortFree(port)).toBe(true);
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	expect(await isPortFree(port)).toBe(false);
	const holder = await portHolder(port);
	server.close();
	expect(holder).toContain(`process ${process.pid} (node`);
});
