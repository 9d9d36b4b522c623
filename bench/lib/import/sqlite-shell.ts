import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '../../../src/adapters/store/open-store';
import type { BenchSide } from '../measure';
import { CSV_COLUMNS, FIELD_COUNT } from './vehicle-files';

const SHELL = '/usr/bin/sqlite3';

const hasSqliteShell = (): boolean => existsSync(SHELL);

/** Takes the CSV into the store's own table, as a person would who has only SQLite's shell. Milliseconds of the clock. */
function importByShell(store: string, csv: string): number {
	const fields = CSV_COLUMNS.slice(0, FIELD_COUNT);
	const attributes = CSV_COLUMNS.slice(FIELD_COUNT).map((name) => `'${name}', ${name}`);
	const set = [...fields, 'attributes', 'updatedAt'].map((name) => `${name} = excluded.${name}`);
	const script = `
		PRAGMA synchronous = FULL;
		PRAGMA wal_autocheckpoint = 10000;
		CREATE TEMP TABLE raw (${CSV_COLUMNS.join(', ')});
		.import --csv --skip 1 '${csv}' raw
		INSERT INTO vehicle (${fields.join(', ')}, attributes, createdAt, updatedAt)
		SELECT ${fields.join(', ')}, json_object(${attributes.join(', ')}), 0, 0 FROM raw WHERE true
		ON CONFLICT (vin) DO UPDATE SET ${set.join(', ')};`;
	const startedAt = performance.now();
	execFileSync(SHELL, ['-bail', store], {
		input: script.replace(/^\t+/gm, ''),
		stdio: ['pipe', 'ignore', 'inherit'],
	});
	return performance.now() - startedAt;
}

/** Null where there is no shell. */
export function shellSide(folder: string, csv: string, rows: number): BenchSide | null {
	if (!hasSqliteShell()) return null;
	let path = '';
	let runs = 0;
	return {
		what: "the sqlite3 shell's .import and an upsert, nothing validated",
		clock: 'wall',
		prepare: async () => {
			await rm(path, { force: true });
			path = join(folder, `shell-${++runs}.sqlite`);
			await (await openStore({ kind: 'sqlite', path })).close();
		},
		run: async () => {
			const spentMs = importByShell(path, csv);
			const store = await openStore({ kind: 'sqlite', path });
			const count = await store.read(({ vehicles }) => vehicles.count());
			await store.close();
			if (count !== rows) throw new Error(`The shell left ${count} vehicles`);
			return { units: rows, spentMs };
		},
	};
}
