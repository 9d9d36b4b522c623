import { join } from 'node:path';
import type { StoreOptions } from '../../src/adapters/store/store-options';
import { freePort } from '../lib/services/child-service';
import type { Carrier } from './build-transport';
import { FEED, FUTURE_SECONDS } from './fleet-under-test';
import { n8nMain, n8nWorker } from './n8n-parts';
import { startWorkflows } from './n8n-workflows';
import type { Part } from './parts';
import type { Scenario } from './scenarios';
import type { Postgres } from './servers';
import type { Guard } from './start-guard';

export interface N8nRig {
	readonly parts: readonly Part[];
	prepare(): Promise<void>;
	readonly toggle: (() => Promise<void>) | null;
}

export interface N8nRigOptions {
	readonly guard: Guard;
	readonly folder: string;
	readonly smtpPort: number;
	readonly store: StoreOptions;
	/** The server of the store, where n8n has a database, too. */
	readonly postgres: Postgres | null;
	readonly carrier: Carrier;
}

const HOST = '127.0.0.1';

export async function buildN8n(scenario: Scenario, options: N8nRigOptions): Promise<N8nRig> {
	if (scenario.n8n === null) return { parts: [], prepare: async () => undefined, toggle: null };
	const { guard, folder, smtpPort, carrier } = options;
	const env = { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none', ...queueSettings(scenario, options) };
	const userFolder = join(folder, 'n8n');
	const main = n8nMain({ guard, userFolder, port: await freePort(), smtpPort, env });
	const workers = Array.from({ length: scenario.n8nWorkers }, (_, index) =>
		n8nWorker(`n8n-worker-${index + 1}`, { guard, userFolder, env }),
	);
	const { call } = main;
	let workflow = '';
	return {
		parts: [main.part, ...workers],
		async prepare() {
			workflow = await startWorkflows({
				...{ call, feed: FEED, futureToleranceSeconds: FUTURE_SECONDS, transport: scenario.transport },
				credentials: [storeCredential(options), redisCredential(carrier)],
			});
		},
		async toggle() {
			const { versionId } = await call<{ versionId: string }>('GET', `/workflows/${workflow}`);
			await call('POST', `/workflows/${workflow}/deactivate`, {});
			await call('POST', `/workflows/${workflow}/activate`, { versionId });
		},
	};
}

/** Its queue on the Redis of the feed, its own tables beside the store. */
function queueSettings({ n8n }: Scenario, { postgres, carrier }: N8nRigOptions): Record<string, string> {
	if (n8n !== 'queue') return {};
	const { transport } = carrier;
	if (postgres === null || transport.kind !== 'redisStreams')
		throw new Error("n8n's queue mode needs the PostgreSQL and the Redis of its scenario");
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: HOST,
		QUEUE_BULL_REDIS_PORT: String(transport.redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: HOST,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: postgres.access.user,
		DB_POSTGRESDB_PASSWORD: postgres.access.password,
	};
}

function storeCredential({ store, postgres }: N8nRigOptions) {
	const type = 'fleetStoreApi';
	if (store.kind === 'sqlite') return { type, data: { storeType: 'sqlite', path: store.path } };
	const server = { host: HOST, port: postgres?.port, database: 'fleet', schema: '', ssl: 'disable' };
	return { type, data: { storeType: 'postgres', ...server, ...postgres?.access } };
}

function redisCredential({ consumers }: Carrier) {
	if (consumers.kind !== 'redisStreams') throw new Error('n8n reads this feed over Redis Streams');
	const { host, port } = consumers.redis;
	const data = { host, port, username: '', password: '', database: 0, tls: false };
	return { type: 'fleetRedisApi', data };
}
