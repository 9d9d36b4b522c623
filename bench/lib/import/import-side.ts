import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { openBlobStore } from '../../../src/adapters/blob/open-blob-store';
import { openStore } from '../../../src/adapters/store/open-store';
import type { StoreOptions } from '../../../src/adapters/store/store-options';
import { createImport } from '../../../src/app/imports/create-import';
import type { Import } from '../../../src/domain/import';
import type { ImportJob } from '../../../src/runner/import-job';
import type { BenchSide, ProcessFigures } from '../measure';

const run = promisify(execFile);

/** Bundled beside the benchmark. */
const PROGRAM = join(__dirname, 'run-import.cjs');

interface Ran {
	readonly ended: Import | null;
	readonly spentMs: number;
	readonly process: ProcessFigures;
}

export interface ImportSide {
	readonly what: string;
	readonly folder: string;
	/** Of vehicles that the store does not have. */
	readonly file: string;
	readonly rows: number;
	/** The store of the round with this number; default: a new SQLite file. */
	readonly newStore?: (round: number) => Promise<StoreOptions>;
}

/** An import of the kept file in a process of its own, in its threads, to the last commit. */
export function importSide({ what, folder, file, rows, newStore }: ImportSide): BenchSide {
	const blobs = { kind: 'folder', path: join(folder, 'files') } as const;
	const inNewFile = async (round: number): Promise<StoreOptions> => {
		const path = (of: number) => join(folder, `${basename(file)}-${of}.sqlite`);
		await rm(path(round - 1), { force: true });
		return { kind: 'sqlite', path: path(round) };
	};
	let options: StoreOptions | null = null;
	let rounds = 0;
	return {
		what,
		clock: 'wall',
		prepare: async () => {
			options = await (newStore ?? inNewFile)(++rounds);
			const store = await openStore(options);
			const deps = { fleet: { store, clock: Date.now }, blobs: openBlobStore(blobs) };
			await createImport(deps, {
				...{ fileName: basename(file), content: createReadStream(file) },
				...{ recordType: 'vehicles', uploadedBy: null },
			});
			await store.close();
		},
		run: async () => {
			if (options === null) throw new Error('Nothing is prepared');
			const job: ImportJob = { task: 'run', store: options, blobs };
			const { stdout } = await run(process.execPath, ['--expose-gc', PROGRAM, JSON.stringify(job)]);
			const { ended, ...spent } = JSON.parse(stdout) as Ran;
			if (ended?.rowsCreated !== rows) throw new Error(`The import ended as ${JSON.stringify(ended)}`);
			return { units: rows, ...spent };
		},
	};
}
