const { renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const RESOLUTION_MS = 1;

/** Preloaded into a process: each SIGUSR2 writes how late its event loop was and how much memory it took since the last one, and begins anew. */
const folder = process.env.FLEET_EVENT_LOOP_FOLDER;
if (isMainThread && folder !== undefined && process.argv.includes('start')) {
	const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	delay.enable();
	let peakRss = 0;
	setInterval(() => (peakRss = Math.max(peakRss, process.memoryUsage.rss())), 50).unref();
	process.on('SIGUSR2', () => {
		const ms = (nanoseconds) => nanoseconds / 1e6 - RESOLUTION_MS;
		const told = { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) };
		delay.reset();
		const rss = process.memoryUsage.rss();
		const memory = { rss, peakRss: Math.max(peakRss, rss) };
		peakRss = 0;
		const path = join(folder, 'event-loop.json');
		writeFileSync(`${path}.part`, JSON.stringify({ at: Date.now(), ...told, ...memory }));
		renameSync(`${path}.part`, path);
	});
}
