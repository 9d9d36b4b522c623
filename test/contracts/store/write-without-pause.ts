import { openStore, type StoreOptions } from '../../../src/adapters/store/open-store';

/**
 * A process of its own, as a feed at its limit: `node write-without-pause OPTIONS` writes 20 ms at a time, with nothing
 * in between, until its input ends.
 */
async function main(): Promise<void> {
	const store = await openStore(JSON.parse(process.argv[2] ?? '') as StoreOptions);
	let isOver = false;
	process.stdin.on('end', () => (isOver = true)).resume();
	process.stdout.write('ready\n');
	while (!isOver) {
		await store.writeFeed(async ({ logs }) => {
			await logs.append([{ at: 0, level: 'info', message: 'feed', vehicleId: null, firingId: null }]);
			const until = performance.now() + 20;
			while (performance.now() < until);
			// Once in a turn, so that the end of the input is seen.
			await new Promise((resolve) => setImmediate(resolve));
		});
	}
	await store.close();
}

void main();
