import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderBlobStore } from '../src/adapters/blob/folder-blob-store';
import { readRows } from '../src/adapters/ingest/read-rows';
import { openStore, type TypeOrmStore } from '../src/adapters/store/open-store';
import { createImport } from '../src/app/imports/create-import';
import { runImport, type RunImportDeps } from '../src/app/imports/run-import';
import { measureInTurn, median, type BenchResult, type BenchSide } from './lib/measure';
import { hasSqliteShell, importByShell } from './lib/sqlite-shell';
import { writeVehicleCsv } from './lib/vehicle-csv';
import { watchProcess } from './lib/watch-process';

const ROWS = 100_000;

/** A CSV of 100,000 new vehicles with twelve columns into an empty store: from the kept file to the last commit. */
export default async function benchImport(): Promise<BenchResult> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	const csv = join(folder, 'vehicles.csv');
	try {
		await writeVehicleCsv(csv, ROWS);
		const watched: ReturnType<ReturnType<typeof watchProcess>['end']>[] = [];
		const sides = [ourImport(folder, csv, watched), ...(hasSqliteShell() ? [byShell(folder, csv)] : [])];
		const rows = await measureInTurn(sides);
		const [ours = NaN, shell] = rows.map((row) => row.perSecond);
		// The first run, which warms up, is where memory grows: later ones find it grown.
		const memoryMb = Math.max(...watched.map(({ memoryGrowthMb }) => memoryGrowthMb));
		const figures = {
			import_csv_rows_s: ours,
			...(shell === undefined ? {} : { import_csv_vs_sqlite_shell: ours / shell }),
			event_loop_p99_ms: median(watched.slice(1).map(({ eventLoopP99Ms }) => eventLoopP99Ms)),
			import_memory_growth_mb: memoryMb,
		};
		return { name: 'import', figures, rows };
	} finally {
		await rm(folder, { recursive: true });
	}
}

function ourImport(
	folder: string,
	csv: string,
	watched: ReturnType<ReturnType<typeof watchProcess>['end']>[],
): BenchSide {
	let store: TypeOrmStore | null = null;
	let deps: RunImportDeps | null = null;
	let runs = 0;
	return {
		what: 'import of 100,000 x 12, validated',
		prepare: async () => {
			store = await openStore({ kind: 'sqlite', path: join(folder, `ours-${++runs}.sqlite`) });
			const fleet = { store, clock: () => Date.now() };
			const blobs = folderBlobStore(join(folder, 'files'));
			deps = { fleet, blobs, readers: readRows, newToken: () => `bench ${runs}` };
			const content = createReadStream(csv);
			await createImport(deps, {
				fileName: 'vehicles.csv',
				content,
				recordType: 'vehicles',
				uploadedBy: null,
			});
		},
		run: async () => {
			if (store === null || deps === null) throw new Error('Nothing is prepared');
			const watch = watchProcess();
			const { user, system } = process.cpuUsage();
			const ended = await runImport(deps);
			const spent = process.cpuUsage({ user, system });
			watched.push(watch.end());
			if (ended?.rowsCreated !== ROWS) throw new Error(`The import ended as ${JSON.stringify(ended)}`);
			await store.close();
			return { units: ROWS, spentMs: (spent.user + spent.system) / 1000 };
		},
	};
}

function byShell(folder: string, csv: string): BenchSide {
	let path = '';
	let runs = 0;
	return {
		what: "the sqlite3 shell's .import and an upsert, nothing validated",
		prepare: async () => {
			path = join(folder, `shell-${++runs}.sqlite`);
			await (await openStore({ kind: 'sqlite', path })).close();
		},
		run: async () => {
			const cpuMs = importByShell(path, csv);
			const store = await openStore({ kind: 'sqlite', path });
			const count = await store.read(({ vehicles }) => vehicles.count());
			await store.close();
			if (count !== ROWS) throw new Error(`The shell left ${count} vehicles`);
			return { units: ROWS, spentMs: cpuMs };
		},
	};
}
