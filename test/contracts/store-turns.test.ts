import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { AT } from './store/samples';
import { describeStores } from './store/stores';

const entry = { at: AT, level: 'info' as const, message: 'mine', vehicleId: null, firingId: null };

describeStores('a writer beside a feed that writes without a pause', (use) => {
	it('gets its turn, and its event loop never waits for it', async () => {
		const dir = await mkdtemp(join(tmpdir(), 'fleet-turns-'));
		const script = join(dir, 'write-without-pause.js');
		await build({
			entryPoints: [require.resolve('./store/write-without-pause.ts')],
			...{ outfile: script, bundle: true, platform: 'node', external: ['pg-native'] },
		});
		const { store, options } = use();
		const feed = spawn(process.execPath, [script, JSON.stringify(options)], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		await once(feed.stdout, 'data');
		const waitedMs: number[] = [];
		const idle = performance.eventLoopUtilization();
		for (let i = 0; i < 100; i++) {
			const begun = performance.now();
			await store.write(({ logs }) => logs.append([entry]));
			waitedMs.push(performance.now() - begun);
		}
		const { active: blockedMs } = performance.eventLoopUtilization(idle);
		feed.stdin.end();
		await once(feed, 'close');
		await rm(dir, { recursive: true });
		const rows = await store.read(({ logs }) => logs.find({ where: { message: 'feed' } }));
		expect(rows.length).toBeGreaterThan(1);
		expect(Math.max(...waitedMs)).toBeLessThan(5000);
		// A fifth of a second in all as it is; waiting inside of SQLite's calls, for 20 ms at a time, adds up to three.
		expect(blockedMs).toBeLessThan(2000);
	});
});
