import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RunningFleet } from '../lib/start-fleet';
import { queryFleet } from '../tools/fleet-file';
import { runNow } from '../tools/workflows';
import { endedImport } from './uploads';

const FIRST = 'vin,plate\n1HGCM82633A004352,M FL 1\n';
const SECOND = '{"vin":"1J9RP1A36A1644345","plate":"M FL 2"}\n';

export function folderImport(running: () => RunningFleet): void {
	function drop(name: string, text: string, agoSeconds = 10): void {
		const folder = join(running().host.inboxFolder, 'fleet');
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, name), text);
		const at = Date.now() / 1000 - agoSeconds;
		utimesSync(join(folder, name), at, at);
	}
	/** What was taken from the folder so far: by this run of the schedule, or by one that came in between. */
	async function imported(endsAs = 'success') {
		const { status } = await runNow(running().n8n, 'fleetFolderImport', 'Every five minutes');
		expect(status).toBe(endsAs);
		return queryFleet(
			running().host,
			`SELECT id, "fileName" FROM import WHERE "uploadedBy" = 'Folder' ORDER BY id`,
		);
	}

	describe('scheduled import from a folder', () => {
		it('does nothing where there is no folder', async () => {
			await expect(imported()).resolves.toEqual([]);
		});

		it('imports what lies there, once, however often it looks and whatever its name', async () => {
			drop('first.csv', FIRST);
			drop('second.ndjson', SECOND);
			drop('still being copied.csv', 'vin,plate\n', -60);
			drop('notes.md', '# no file of a fleet');
			const found = await imported();
			expect(found.map(({ fileName }) => fileName)).toEqual(['first.csv', 'second.ndjson']);
			for (const { id } of found) {
				expect(await endedImport(running(), Number(id))).toMatchObject({ state: 'done', rowsCreated: 1 });
			}
			drop('first, copied.csv', FIRST);
			await expect(imported()).resolves.toEqual(found);
		});

		it('takes a file anew whose content has changed', async () => {
			drop('first.csv', FIRST.replace('M FL 1', 'M FL 11'));
			const found = await imported();
			expect(found.map(({ fileName }) => fileName)).toEqual(['first.csv', 'second.ndjson', 'first.csv']);
			expect(await endedImport(running(), Number(found[2]?.id))).toMatchObject({ rowsUpdated: 1 });
		});

		it('takes the others where one file cannot be taken', async () => {
			drop('an empty one.csv', '');
			drop('the last.csv', 'plate\nM FL 3\n');
			const found = await imported('error');
			expect(found.at(-1)).toMatchObject({ fileName: 'the last.csv' });
			rmSync(join(running().host.inboxFolder, 'fleet', 'an empty one.csv'));
		});
	});
}
