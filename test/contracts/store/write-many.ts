import { openStore, type StoreOptions } from '../../../src/adapters/store/open-store';

/** A process of its own: `node write-many OPTIONS COUNT` adds to the one log entry's number, COUNT times. */
async function main(): Promise<void> {
	const [options = '', count = ''] = process.argv.slice(2);
	const store = await openStore(JSON.parse(options) as StoreOptions);
	for (let i = 0; i < Number(count); i++) {
		await store.write(async ({ logs }) => {
			const before = await logs.count();
			await logs.append([
				{ at: before, level: 'info', message: String(process.pid), vehicleId: null, firingId: null },
			]);
		});
	}
	await store.close();
}

void main();
