import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 1;

/** How this process fared between `watchProcess()` and `end()`. */
export function watchProcess() {
	globalThis.gc?.();
	const before = process.memoryUsage.rss();
	let peak = before;
	const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
	const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	delay.enable();
	return {
		end() {
			delay.disable();
			clearInterval(timer);
			return {
				memoryGrowthMb: (peak - before) / 1e6,
				eventLoopP99Ms: delay.percentile(99) / 1e6 - RESOLUTION_MS,
			};
		},
	};
}
