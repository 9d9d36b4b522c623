import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { PostgresService } from '../../../test/lib/services/postgres';
import { startWorkflow } from '../../../test/e2e/tools/workflows';
import type { BenchSide } from '../measure';
import { addCredential, type BenchN8n } from '../n8n';
import { CSV_COLUMNS } from './vehicle-files';

const TABLE = 'extracted_vehicle';
const PATH = 'bench-extract';

/** What n8n has for it: Read Files from Disk -> Extract from File -> Postgres (upsert by the VIN). */
export async function extractSide(
	n8n: BenchN8n,
	n8nFolder: string,
	postgres: PostgresService,
	csv: string,
	rows: number,
): Promise<BenchSide> {
	const file = join(n8nFolder, 'vehicles.csv');
	await copyFile(csv, file);
	const { host, port, user, password, database, url } = postgres;
	const access = { host, port, user, password, database, ssl: 'disable', sshTunnel: false };
	const credential = { id: await addCredential(n8n, 'postgres', access), name: 'postgres' };
	await query(url, `CREATE TABLE ${TABLE} (${CSV_COLUMNS.map((name) => `"${name}" text`).join(', ')})`);
	await query(url, `CREATE UNIQUE INDEX ON ${TABLE} (vin)`);
	await startWorkflow(n8n, {
		name: 'Extract from File',
		steps: [
			{
				...{ name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: PATH },
				parameters: { httpMethod: 'POST', path: PATH, responseMode: 'lastNode', options: {} },
			},
			{
				...{ name: 'Read', type: 'n8n-nodes-base.readWriteFile', typeVersion: 1 },
				parameters: { operation: 'read', fileSelector: file, options: {} },
			},
			{
				...{ name: 'Extract', type: 'n8n-nodes-base.extractFromFile', typeVersion: 1 },
				parameters: { operation: 'csv', options: {} },
			},
			{
				...{ name: 'Postgres', type: 'n8n-nodes-base.postgres', typeVersion: 2.6 },
				parameters: {
					operation: 'upsert',
					schema: { __rl: true, mode: 'name', value: 'public' },
					table: { __rl: true, mode: 'name', value: TABLE },
					columns: { mappingMode: 'autoMapInputData', matchingColumns: ['vin'], value: null, schema: [] },
					options: {},
				},
				credentials: { postgres: credential },
			},
			{ name: 'Last', type: 'n8n-nodes-base.limit', parameters: { maxItems: 1 } },
		],
		settings: { saveDataSuccessExecution: 'none' },
	});
	return {
		what: "n8n's Extract from File -> Postgres, nothing validated",
		clock: 'wall',
		prepare: async () => void (await query(url, `TRUNCATE ${TABLE}`)),
		run: async () => {
			const before = await n8n.eventLoop();
			const startedAt = performance.now();
			const answer = await fetch(new URL(`/webhook/${PATH}`, n8n.url), { method: 'POST' });
			const spentMs = performance.now() - startedAt;
			const after = await n8n.eventLoop();
			const [counted] = await query(url, `SELECT count(*) AS rows FROM ${TABLE}`);
			const taken = Number(counted?.rows);
			if (!answer.ok || taken !== rows) {
				throw new Error(`n8n answered ${answer.status}, and took ${taken} rows: ${await answer.text()}`);
			}
			const memoryGrowthMb = (after.peakRss - before.rss) / 1e6;
			return { units: rows, spentMs, process: { eventLoopP99Ms: after.p99, memoryGrowthMb } };
		},
	};
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query<Record<string, unknown>>(sql)).rows;
	} finally {
		await client.end();
	}
}
