import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeWith } from '../lib/services/describe-with';
import { AT, vehicleFields } from './store/samples';

/** n8n's fork of TypeORM owns a global of the same name, under which decorated entities break. */
describeWith('n8n', "the store beside n8n's own TypeORM", () => {
	it('opens and works when the fork was loaded first', async () => {
		const fromN8n = createRequire(join(process.env.FLEET_N8N_DIR ?? '', 'node_modules/n8n/package.json'));
		const fork = fromN8n('@n8n/typeorm') as { getMetadataArgsStorage(): object };
		fork.getMetadataArgsStorage();
		expect(globalThis).toHaveProperty('typeormMetadataArgsStorage');

		const { openStore } = await import('../../src/adapters/store/open-store');
		const dir = await mkdtemp(join(tmpdir(), 'fleet-store-'));
		const store = await openStore({ kind: 'sqlite', path: join(dir, 'fleet.sqlite') });
		await store.write(({ vehicles }) => vehicles.create(vehicleFields({ plate: 'KI FL 1' }), AT));
		expect(await store.read(({ vehicles }) => vehicles.count({ search: 'fl 1' }))).toBe(1);
		await store.close();
		await rm(dir, { recursive: true });
	});
});
