import { readFile } from 'node:fs/promises';

import { byId } from '../../../scripts/demo/fleet-desk.mjs';
import { describeWith } from '../../lib/services/describe-with';
import type { RunningFleet } from '../lib/start-fleet';
import { queryFleet } from '../tools/fleet-file';
import { type FormPages, openFormPages } from '../tools/form-pages';
import { tryNode } from '../tools/workflows';

const FORM = 'fleet-upload';
const HEADER = 'Kennzeichen;Hersteller;Baujahr';
const FIRST = [HEADER, 'S FL 1;MAN;2020', 'S FL 2;MAN;2021', 'S FL 3;DAF;2022', 'S FL 4;DAF;2023', ''];
const SECOND = [
	...[HEADER, 'S FL 1;MAN;2020', 'S FL 2;Scania;2021', 'S FL 3;DAF;2022', 'S FL 4;DAF;2023'],
	...['S FL 5;MAN;bald', 'S FL 6;MAN;2024', ''],
];
/** n8n runs the import worker for each upload: pages are waited for as long as a busy machine needs. */
const WITHIN = { timeout: 60_000 };

/** A person with a browser: from the form to the import's page, and whatever can be done there. */
export function importPages(running: () => RunningFleet): void {
	describeWith('chromium', 'pages of imports, in Chromium', () => {
		let form: FormPages;

		beforeAll(async () => {
			form = await openFormPages(running().n8n);
		}, 60_000);
		afterAll(async () => await form?.close());

		/** The number of the import whose page is shown. */
		const importId = () => Number(new URL(form.page.url()).searchParams.get('id'));
		const shown = async () => (await form.page.locator('body').innerText()).replace(/\s+/g, ' ');
		const vehicles = () =>
			queryFleet(running().host, `SELECT plate, make FROM vehicle WHERE plate LIKE 'S FL %' ORDER BY plate`);
		const change = (sql: string, ...values: number[]) => queryFleet(running().host, sql, ...values);

		const attributesOf = (plate: string) =>
			queryFleet(running().host, 'SELECT attributes FROM vehicle WHERE plate = ?', plate)[0]?.attributes;

		async function upload(fileName: string, lines: readonly string[], preview = 'No, import at once') {
			await form.open(FORM);
			await form.attach(fileName, lines.join('\n'));
			await form.fill('Show me first what would change', preview);
			await form.page.locator('#submit-btn').click();
			await form.page.waitForURL(/\/webhook\/fleet\/imports\?id=\d+/, WITHIN);
		}

		/** Waits until the page says so, reloading itself as it does. */
		async function untilState(text: string | RegExp): Promise<string> {
			await form.page.locator('.state').getByText(text).waitFor(WITHIN);
			return await shown();
		}
		const click = async (label: string) => await form.page.getByRole('button', { name: label }).click();

		it('leads from the form to a page that tells by itself when all is imported, with the counts', async () => {
			await upload('first.csv', FIRST);
			const page = await untilState(/^Imported$/);
			expect(page).toContain(`import ${importId()}`);
			expect(page).toContain('4 of 4 rows · 100 %');
			expect(page).toMatch(/Created 4 Updated 0 Unchanged 0 Bad rows 0/);
			expect(await form.page.getByRole('progressbar').count()).toBe(1);
			expect(page).toMatch(/CSV, cells separated by ';'.*Kennzeichen Vehicle: Plate/);
			expect(vehicles()).toHaveLength(4);
		});

		it('fills its bar while another works on the import, and cancels that', async () => {
			const id = importId();
			change(`DELETE FROM vehicle WHERE plate IN ('S FL 3', 'S FL 4')`);
			change(
				`UPDATE import SET state = 'running', "rowsDone" = 1, "rowsCreated" = 1, "rowsPerSecond" = 0.05,
					"endedAt" = NULL, "leaseToken" = 'of another', "leaseUntil" = ? WHERE id = ?`,
				...[Date.now() + 600_000, id],
			);
			await form.page.reload();
			expect(await untilState('Is being imported')).toContain('1 of 4 rows · 25 % · about 1 minute left');
			expect(await form.page.locator('.bar span').getAttribute('style')).toBe('width: 25%');
			change('UPDATE import SET "rowsDone" = 2, "rowsCreated" = 2 WHERE id = ?', id);
			await form.page.getByText('2 of 4 rows · 50 %').waitFor(WITHIN);
			await click('Cancel');
			await untilState('Is being canceled');
			// The other one dies: who takes the import up ends it.
			change('UPDATE import SET "leaseUntil" = ? WHERE id = ?', Date.now() - 1, id);
			await runWaiting();
			await untilState('Canceled');
			await click('Go on');
			expect(await untilState(/^Imported$/)).toMatch(/4 of 4 rows .* Created 4 Updated 0/);
			expect(vehicles()).toHaveLength(4);
		});

		it('shows first what would change, and does it at a click', async () => {
			await upload('second.csv', SECOND, 'Yes');
			const preview = await untilState('Preview: nothing was imported yet');
			expect(preview).toMatch(/New 1 To be updated 1 Unchanged 3 To be refused 1/);
			expect(preview).toContain('3 S FL 2 changes Vehicle Make MAN → Scania');
			expect(preview).toMatch(/What would be refused.* 6 Baujahr bald .*'bald'/);
			expect(vehicles()).toHaveLength(4);
			await click('Import now');
			const done = await untilState('Imported, but for 1 bad row');
			expect(done).toMatch(/Created 1 Updated 1 Unchanged 3 Bad rows 1/);
			expect(done).toMatch(/What is wrong 6 Baujahr bald .*'bald'/);
			expect(vehicles()).toHaveLength(5);
		});

		it('gives the bad rows as a file, which is taken once it is mended', async () => {
			const second = importId();
			const [download] = await Promise.all([
				form.page.waitForEvent('download'),
				form.page.getByText('Download bad rows').click(),
			]);
			expect(download.suggestedFilename()).toBe('second-errors.csv');
			const text = await readFile(await download.path(), 'utf8');
			expect(text.split(/\r?\n/).slice(0, 2)).toEqual([
				'\ufeffImport error;Kennzeichen;Hersteller;Baujahr',
				expect.stringMatching(/^Baujahr: 'bald' .*;S FL 5;MAN;bald$/),
			]);
			await upload('second-errors.csv', [
				text.replace(';bald\n', ';2025\n').replace(';bald\r\n', ';2025\r\n'),
			]);
			expect(await untilState(/^Imported$/)).toMatch(/Created 1 Updated 0 Unchanged 0 Bad rows 0/);
			expect(vehicles()).toHaveLength(6);
			await form.page.goto(`${running().n8n.addresses.imports}?id=${second}`);
		});

		it('takes an import back, and lists what something newer has changed since', async () => {
			const [newer] = change(`SELECT id FROM vehicle WHERE plate = 'S FL 6'`);
			await running().desk.fleet('vehicle', 'update', {
				...{ vehicle: byId(Number(newer?.id)), updateFields: { make: 'Volvo' } },
			});
			await form.page.getByText('Undo …').click();
			await click('Undo');
			expect(await untilState('Undone, but for 1 record')).toMatch(
				new RegExp(`Left as they were.* vehicle ${String(newer?.id)} S FL 6 `),
			);
			expect(vehicles()).toEqual([
				...['MAN', 'MAN', 'DAF', 'DAF', 'MAN', 'Volvo'].map((make, index) => ({
					...{ plate: `S FL ${index + 1}`, make },
				})),
			]);
		});

		it('asks what only a person can know, and goes on with the answer', async () => {
			await upload('dates.csv', ['plate,purchase date', 'S FL 7,03/04/2026', 'S FL 8,05/06/2026', '']);
			expect(await untilState('Has a question')).toContain('purchase date has 03/04/2026, 05/06/2026');
			expect(vehicles()).toHaveLength(6);
			await form.page.getByLabel('day first').check();
			await click('Answer and import');
			await untilState(/^Imported$/);
			expect(attributesOf('S FL 7')).toContain('2026-04-03');
		});

		it('previews with an answer, and imports with the same one', async () => {
			await upload('other dates.csv', ['plate,test due', 'S FL 9,03/04/2026', ''], 'Yes');
			await form.page.getByLabel('month first').check();
			await click('Answer and preview');
			await form.page.getByText('2026-03-04').waitFor(WITHIN);
			expect(attributesOf('S FL 9')).toBeUndefined();
			await click('Import now');
			await untilState(/^Imported$/);
			expect(attributesOf('S FL 9')).toContain('2026-03-04');
		});

		it('lists the imports', async () => {
			await form.page.getByText('All imports').click();
			await form.page.waitForURL(/\/webhook\/fleet\/imports\?$/);
			expect(await shown()).toMatch(/ dates\.csv Imported .*second\.csv Undone, but for 1 record/);
		});

		/** As the worker does each minute. */
		async function runWaiting() {
			const node = {
				type: 'n8n-nodes-fleet.fleetImport',
				parameters: { operation: 'run', which: 'waiting' },
			};
			const { error } = await tryNode(running().n8n, node, [{}]);
			expect(error).toBeUndefined();
		}
	});
}
