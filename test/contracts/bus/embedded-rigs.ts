import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBus } from '../../../src/adapters/bus/open-bus';
import { openDatabase, type StoreOptions } from '../../../src/adapters/store/database';
import { startPostgres } from '../../lib/services/postgres';
import type { Rig } from './transports';

export async function sqliteRig(): Promise<Rig> {
	const dir = await mkdtemp(join(tmpdir(), 'fleet-bus-'));
	return await embeddedRig(
		{ kind: 'sqlite', path: join(dir, 'bus.sqlite') },
		async () => await rm(dir, { recursive: true, force: true }),
	);
}

export async function postgresRig(): Promise<Rig> {
	const { url, stop } = await startPostgres();
	return await embeddedRig({ kind: 'postgres', url }, stop);
}

async function embeddedRig(store: StoreOptions, cleanUp: () => Promise<void>): Promise<Rig> {
	const database = await openDatabase(store);
	const transport = { kind: 'embedded', leaseMs: 1000 } as const;
	return {
		open: () => openBus(transport, database),
		forProcess: { transport, store },
		publishBytes: null,
		stop: async () => {
			await database.close();
			await cleanUp();
		},
	};
}
