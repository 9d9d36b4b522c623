import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CSV_COLUMNS, FIELD_COUNT } from './vehicle-csv';

const SHELL = '/usr/bin/sqlite3';

export const hasSqliteShell = (): boolean => existsSync(SHELL);

/** Takes the CSV into the store's own table, as a person would who has only SQLite's shell. Milliseconds of the clock. */
export function importByShell(store: string, csv: string): number {
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
