/** Runs one import in a process of its own, to be killed: `node import-child.cjs DIR IMPORT_ID`. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { folderBlobStore } from '../../src/adapters/blob/folder-blob-store';
import { readRows } from '../../src/adapters/ingest/read-rows';
import { openStore } from '../../src/adapters/store/open-store';
import { runImport } from '../../src/app/imports/run-import';

async function main(): Promise<void> {
	const [dir = '', id] = process.argv.slice(2);
	const store = await openStore({ kind: 'sqlite', path: join(dir, 'fleet.sqlite') });
	const deps = {
		fleet: { store, clock: Date.now },
		blobs: folderBlobStore(join(dir, 'files')),
		readers: readRows,
		newToken: randomUUID,
		leaseMs: 1,
	};
	process.stdout.write('started\n');
	const ended = await runImport(deps, { id: Number(id) });
	await store.close();
	process.stdout.write(`ended ${ended?.state}\n`);
}

void main();
