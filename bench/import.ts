import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importSide, type Watched } from './lib/import-side';
import { measureInTurn, median, type BenchResult, type BenchSide } from './lib/measure';
import { hasSqliteShell, importByShell } from './lib/sqlite-shell';
import { openStore } from '../src/adapters/store/open-store';
import { writeVehicleCsv } from './lib/vehicle-csv';

const ROWS = 1_000_000;

/** A CSV of 1,000,000 new vehicles with twelve columns into an empty store, in threads as shipped, by the clock. */
export default async function benchImport(): Promise<BenchResult> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	const csv = join(folder, 'vehicles.csv');
	try {
		await writeVehicleCsv(csv, ROWS);
		const watched: Watched[] = [];
		const ours = importSide({
			...{ what: '1,000,000 x 12 CSV, validated, with what it takes to undo it', folder, watched },
			...{ file: csv, rows: ROWS },
		});
		const sides = [ours, ...(hasSqliteShell() ? [byShell(folder, csv)] : [])];
		const rows = await measureInTurn(sides);
		const [perSecond = NaN, shell] = rows.map((row) => row.perSecond);
		const figures = {
			import_csv_rows_s: perSecond,
			...(shell === undefined ? {} : { import_csv_vs_sqlite_shell: perSecond / shell }),
			event_loop_p99_ms: median(watched.map(({ eventLoopP99Ms }) => eventLoopP99Ms)),
			import_memory_growth_mb: Math.max(...watched.map(({ memoryGrowthMb }) => memoryGrowthMb)),
		};
		return { name: 'import', figures, rows };
	} finally {
		await rm(folder, { recursive: true });
	}
}

function byShell(folder: string, csv: string): BenchSide {
	let path = '';
	let runs = 0;
	return {
		what: "the sqlite3 shell's .import and an upsert, nothing validated",
		clock: 'wall',
		prepare: async () => {
			path = join(folder, `shell-${++runs}.sqlite`);
			await (await openStore({ kind: 'sqlite', path })).close();
		},
		run: async () => {
			const spentMs = importByShell(path, csv);
			const store = await openStore({ kind: 'sqlite', path });
			const count = await store.read(({ vehicles }) => vehicles.count());
			await store.close();
			await rm(path);
			if (count !== ROWS) throw new Error(`The shell left ${count} vehicles`);
			return { units: ROWS, spentMs };
		},
	};
}
