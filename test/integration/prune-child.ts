/** Cleans a store up in a process of its own, to be killed: `node prune-child.cjs FILE NOW`. */
import { openStore } from '../../src/adapters/store/open-store';
import { pruneFleet } from '../../src/app/retention/prune-fleet';

async function main(): Promise<void> {
	const [path = '', now = ''] = process.argv.slice(2);
	const store = await openStore({ kind: 'sqlite', path });
	process.stdout.write('started\n');
	const pruned = await pruneFleet({ store, clock: () => Number(now) }, { thinHistoryDays: 90 });
	await store.close();
	process.stdout.write(`${JSON.stringify(pruned)}\n`);
}

void main();
