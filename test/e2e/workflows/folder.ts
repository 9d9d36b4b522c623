import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

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

	/** The files that lie there and in the folders beside them. */
	function lying(): string[] {
		const folder = join(running().host.inboxFolder, 'fleet');
		return readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
			.sort();
	}

	describe('scheduled import from a folder', () => {
		it('does nothing where there is no folder', async () => {
			await expect(imported()).resolves.toEqual([]);
		});

		it('imports what lies there, once, and moves it when its import has ended', async () => {
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
			expect(lying()).toEqual([
				...['done/first, copied.csv', 'done/first.csv', 'done/second.ndjson'],
				...['notes.md', 'still being copied.csv'],
			]);
		});

		it('takes a file anew whose content has changed', async () => {
			drop('first.csv', FIRST.replace('M FL 1', 'M FL 11'));
			const found = await imported();
			expect(found.map(({ fileName }) => fileName)).toEqual(['first.csv', 'second.ndjson', 'first.csv']);
			expect(await endedImport(running(), Number(found[2]?.id))).toMatchObject({ rowsUpdated: 1 });
		});

		it('takes the others where one file cannot be taken, and puts that one aside', async () => {
			drop('an empty one.csv', '');
			drop('of no use.csv', 'plate,plate\nM FL 4,M FL 5\n');
			drop('the last.csv', 'plate\nM FL 3\n');
			const found = await imported('error');
			const ids = ['of no use.csv', 'the last.csv'].map((name) =>
				Number(found.find(({ fileName }) => fileName === name)?.id),
			);
			const ended = await Promise.all(ids.map(async (id) => await endedImport(running(), id)));
			expect(ended).toMatchObject([
				{ state: 'failed', error: expect.stringContaining('plate') },
				{ state: 'done' },
			]);
			await imported();
			expect(lying()).toEqual(
				expect.arrayContaining(['done/the last.csv', 'failed/an empty one.csv', 'failed/of no use.csv']),
			);
			// A workflow that has failed starts no worker: the worker's own schedule, each minute, does.
		}, 90_000);
	});
}
