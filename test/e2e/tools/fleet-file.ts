import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

import type { RunningHost } from '../../../scripts/lib/host.mjs';

export type Row = Record<string, SQLOutputValue>;

/** The embedded store's own file, read beside the running n8n as `sqlite3 fleet.sqlite` does. */
export function queryFleet(
	{ userFolder }: Pick<RunningHost, 'userFolder'>,
	sql: string,
	...values: (string | number | null)[]
): Row[] {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'fleet', 'fleet.sqlite'), { timeout: 5_000 });
	try {
		return database.prepare(sql).all(...values);
	} finally {
		database.close();
	}
}
