import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../test/lib/services/postgres';
import { extractSide } from './lib/import/extract-side';
import { importSide } from './lib/import/import-side';
import { shellSide } from './lib/import/sqlite-shell';
import { writeVehicleCsv, writeVehicleJson, writeVehicleXlsx } from './lib/import/vehicle-files';
import { type BenchResult, type BenchRow, measureInTurn } from './lib/measure';
import { startN8n } from './lib/n8n';

/**
 * Files of new vehicles with twelve columns into an empty store, from the kept file to the last commit, in threads as
 * shipped: checked, upserted, with what it takes to undo it. By the clock, since two threads work.
 */
export default async function benchImport(): Promise<BenchResult> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	try {
		const large = await besideShell(folder);
		const formats = await otherFormats(folder);
		const small = await besideN8n(folder);
		const [csv, shell] = large;
		const [json, xlsx] = formats;
		const [ours, n8n] = small;
		const figures = {
			import_csv_rows_s: csv.perSecond,
			...(shell && { import_csv_vs_sqlite_shell: csv.perSecond / shell.perSecond }),
			import_csv_vs_n8n: ours.perSecond / n8n.perSecond,
			import_json_objects_s: json.perSecond,
			import_xlsx_rows_s: xlsx.perSecond,
			import_postgres_rows_s: ours.perSecond,
			event_loop_p99_ms: csv.eventLoopP99Ms ?? NaN,
			import_memory_growth_mb: csv.memoryGrowthMb ?? NaN,
		};
		return { name: 'import', figures, rows: [...large, ...formats, ...small] };
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function besideShell(folder: string): Promise<[ours: BenchRow, ...shell: BenchRow[]]> {
	const rows = 1_000_000;
	const file = join(folder, 'million.csv');
	await writeVehicleCsv(file, rows);
	const shell = shellSide(folder, file, rows);
	const ours = importSide({ what: '1,000,000 rows of CSV to SQLite', folder, file, rows });
	return (await measureInTurn([ours, ...(shell ? [shell] : [])])) as [BenchRow, ...BenchRow[]];
}

async function otherFormats(folder: string): Promise<[json: BenchRow, xlsx: BenchRow]> {
	const json = { file: join(folder, 'vehicles.json'), rows: 200_000 };
	const xlsx = { file: join(folder, 'vehicles.xlsx'), rows: 50_000 };
	await writeVehicleJson(json.file, json.rows);
	await writeVehicleXlsx(xlsx.file, xlsx.rows);
	return (await measureInTurn([
		importSide({ what: '200,000 objects of JSON to SQLite', folder, ...json }),
		importSide({ what: '50,000 rows of XLSX to SQLite', folder, ...xlsx }),
	])) as [BenchRow, BenchRow];
}

/** Both into the same PostgreSQL server, fsync on. */
async function besideN8n(folder: string): Promise<[ours: BenchRow, n8n: BenchRow]> {
	const rows = 50_000;
	const file = join(folder, 'fifty-thousand.csv');
	await writeVehicleCsv(file, rows);
	const postgres = await startPostgres({ settings: ['fsync=on'] });
	const n8nFolder = join(folder, 'n8n');
	const n8n = await startN8n(n8nFolder);
	try {
		const ours = importSide({
			what: '50,000 rows of CSV to PostgreSQL',
			...{ folder, file, rows },
			newStore: async (round) => ({ kind: 'postgres', url: postgres.url, schema: `round_${round}` }),
		});
		const theirs = await extractSide(n8n, n8nFolder, postgres, file, rows);
		return (await measureInTurn([ours, theirs])) as [BenchRow, BenchRow];
	} finally {
		await n8n.stop();
		await postgres.stop();
	}
}
