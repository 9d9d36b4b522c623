import { DEFAULT_IMPORT_OPTIONS, type Import } from '../../../domain/import';
import type { ImportPlan } from '../../../domain/mapping/import-plan';
import { answersIn } from './actions';
import { listPage } from './list-page';
import { checkPageToken, pageToken } from './page-token';
import { previewPage } from './preview-page';
import { progressPage } from './progress-page';

const HOSTILE = `"><script>alert('x')</script>`;
const PLAN: ImportPlan = {
	dialect: { format: 'csv', delimiter: ';', encoding: 'windows-1252' },
	...{ source: 'recognised', matchBy: 'auto', others: 'recognise', questions: [] },
	lists: [
		{
			...{ list: null, kind: 'vehicles', shape: 's' },
			columns: [
				{ column: 'FIN', record: 'vehicle', field: 'vin' },
				{ column: 'Kauf', record: 'vehicle', field: 'attributes.bought', dateOrder: 'dayFirst' },
			],
		},
	],
};

const imported = (changes: Partial<Import> = {}): Import => ({
	...{ id: 7, fileName: 'vehicles.csv', blobKey: 'some-key', sha256: 'ab', sizeBytes: 2_500_000 },
	...{ recordType: 'auto', uploadedBy: 'ada', origin: null, etag: null, idempotencyKey: null },
	...{ options: DEFAULT_IMPORT_OPTIONS, plan: PLAN, state: 'running', rowsDone: 25_000, rowsTotal: 100_000 },
	...{ rowsTotalIsExact: false, rowsCreated: 20_000, rowsUpdated: 4_000, rowsUnchanged: 997, rowsFailed: 3 },
	...{ rowsPerSecond: 1_000, cancelRequested: false, undoLeft: 0, error: null },
	...{ createdAt: Date.UTC(2026, 2, 1, 8), startedAt: Date.UTC(2026, 2, 1, 8), endedAt: null },
	...changes,
});

const page = (changes: Partial<Import> = {}, more: object = {}) =>
	progressPage({
		...{ entry: imported(changes), errors: [], kept: [], problem: '', zone: 'Europe/Berlin' },
		...more,
	});
const textOf = (html: string) =>
	html
		.replace(/<(style|title)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replaceAll('&#39;', "'")
		.replace(/\s+/g, ' ')
		.trim();
const buttons = (html: string) =>
	[...html.matchAll(/<button[^>]*>([^<]*)<\/button>/g)].map(([, name]) => name);
const refreshes = (html: string) => html.includes('http-equiv="refresh"');

describe('the progress page', () => {
	it('tells how far a running import is, and loads itself again', () => {
		const html = page();
		const text = textOf(html);
		expect(text).toContain('vehicles.csv ada · 2026-03-01 09:00 · 2.5 MB · import 7 Is being imported');
		expect(text).toContain('25,000 of about 100,000 rows · 25 % · about 1 minute left');
		expect(text).toContain('Created 20,000 Updated 4,000 Unchanged 997 Bad rows 3 Rows a second 1,000');
		expect(html).toContain('style="width: 25%"');
		expect(refreshes(html)).toBe(true);
		expect(buttons(html)).toEqual(['Cancel']);
	});

	it('says how the file is read, column by column', () => {
		const text = textOf(page());
		expect(text).toContain("CSV, cells separated by ';', WINDOWS-1252. The columns were recognised");
		expect(text).toContain('Kauf Vehicle: bought day first, e.g. 31.12.2026');
	});

	it('shows the bad rows, and leads to the file of them', () => {
		const errors = [{ row: 4, list: null, column: 'VIN', value: 'X', message: 'The VIN is too short' }];
		const html = page({ state: 'done' }, { errors });
		expect(textOf(html)).toContain('Row Column Value What is wrong 4 VIN X The VIN is too short');
		expect(textOf(html)).toContain('The first 1 of 3.');
		expect(html).toContain('href="?id=7&amp;file=errors"');
		expect(refreshes(html)).toBe(false);
		expect(buttons(html)).toEqual(['Undo']);
	});

	it('asks what only a person can know, and offers the answers', () => {
		const question = { list: null, column: 'Bought', about: 'dateOrder' } as const;
		const questions = [{ ...question, examples: ['01/02/2026'], choices: ['dayFirst', 'monthFirst'] }];
		const html = page({
			...{ state: 'failed', plan: { ...PLAN, questions }, error: 'Nothing was taken', rowsDone: 0 },
			...{ rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 0, rowsFailed: 0 },
		});
		expect(textOf(html)).toContain('How are dates written? Bought has 01/02/2026');
		expect(html).toMatch(/<input type="radio" name="dateOrder" value="monthFirst" required/);
		expect(buttons(html)).toEqual(['Answer and import']);
	});

	it('asks in a preview, too, and imports by the answers that it was made with', () => {
		const question = { list: null, column: 'Bought', about: 'dateOrder', examples: ['01/02/2026'] } as const;
		const questions = [{ ...question, choices: ['dayFirst', 'monthFirst'] }];
		const none = { rowsDone: 0, rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 0, rowsFailed: 0 };
		const entry = imported({ state: 'canceled', startedAt: null, ...none });
		const preview = {
			...{ rowsRead: 0, isWholeFile: true, rows: [], errors: [], firings: [] },
			...{ rowsToCreate: 0, rowsToUpdate: 0, rowsUnchanged: 0, rowsToFail: 0 },
		};
		const asking = previewPage({
			...{ entry, answers: {}, problem: '', preview: { ...preview, plan: { ...PLAN, questions } } },
		});
		expect(buttons(asking)).toEqual(['Answer and preview']);
		expect(asking).toContain('<form method="get">');
		expect(textOf(asking)).not.toContain('0 rows');
		const answered = previewPage({
			...{ entry, answers: answersIn({ id: '7', dateOrder: 'monthFirst' }), problem: '' },
			preview: { ...preview, plan: PLAN },
		});
		expect(buttons(answered)).toEqual(['Import now', 'Discard']);
		expect(answered.match(/name="dateOrder" value="monthFirst"/g)).toHaveLength(1);
	});

	it('asks once more before it takes a file back', () => {
		const text = textOf(page({ state: 'done' }));
		expect(text).toContain('Undo … What it created (20,000 rows) is removed, what it updated (4,000 rows)');
	});

	it('offers to take the good rows of a file that was refused for its bad ones', () => {
		const errors = [{ row: 2, list: null, column: null, value: null, message: 'Nothing in it is right' }];
		const none = { rowsDone: 0, rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 0, rowsFailed: 0 };
		const html = page({ state: 'failed', ...none, error: '1,000 rows are bad' }, { errors });
		expect(buttons(html)).toEqual(['Import the good rows all the same']);
		expect(html).toContain('name="stopAtBadPercent" value="100"');
		expect(html).not.toContain('role="progressbar"');
	});

	it('lists what an undoing left', () => {
		const kept = [{ record: 'vehicle', recordId: 3, label: 'M AB 1', reason: 'was changed since' }];
		const text = textOf(page({ state: 'undone', undoLeft: 1 }, { kept }));
		expect(text).toContain('Undone, but for 1 record');
		expect(text).toContain('vehicle 3 M AB 1 was changed since');
	});

	it.each([
		['pending', {}, ['Cancel']],
		['canceled', {}, ['Go on', 'Undo']],
		['failed', { rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 0 }, ['Try again']],
		['undone', {}, ['Import again']],
		['undoing', {}, []],
		[
			'canceled',
			{ startedAt: null, rowsCreated: 0, rowsUpdated: 0, rowsUnchanged: 0 },
			['Import now', 'Discard'],
		],
	] as const)('offers what can be done about one that is %s', (state, changes, expected) => {
		expect(buttons(page({ state, ...changes }))).toEqual(expected);
	});

	it('lets nothing of a file become part of the page', () => {
		const column = { column: HOSTILE, record: 'vehicle', field: `attributes.${HOSTILE}` } as const;
		const list = { list: HOSTILE, kind: 'vehicles', shape: 's', columns: [column] } as const;
		const question = { list: HOSTILE, column: HOSTILE, about: 'dateOrder' } as const;
		const questions = [{ ...question, examples: [HOSTILE], choices: ['dayFirst'] }];
		const hostile: Partial<Import> = {
			...{ fileName: HOSTILE, uploadedBy: HOSTILE, origin: HOSTILE, error: HOSTILE, undoLeft: 2 },
			...{ state: 'failed', plan: { ...PLAN, lists: [list], questions } },
		};
		const errors = [{ row: 1, list: HOSTILE, column: HOSTILE, value: HOSTILE, message: HOSTILE }];
		const kept = [{ record: 'vehicle', recordId: 1, label: HOSTILE, reason: HOSTILE }];
		const entry = imported(hostile);
		const all = [
			page(hostile, { errors, kept, problem: HOSTILE }),
			page({ ...hostile, plan: { ...PLAN, lists: [list] } }),
			listPage({ title: HOSTILE, entries: [entry], problem: HOSTILE, zone: 'UTC' }),
			previewPage({
				entry,
				...{ problem: HOSTILE, answers: { dateOrder: HOSTILE } },
				preview: {
					...{ plan: entry.plan, rowsRead: 2, isWholeFile: false },
					...{ rowsToCreate: 1, rowsToUpdate: 9, rowsUnchanged: 0, rowsToFail: 1, errors },
					firings: [{ rule: HOSTILE, fired: 2 }],
					rows: [
						{
							...{ row: 2, list: HOSTILE, kind: 'vehicles', outcome: 'updated', label: HOSTILE },
							changes: [
								{ record: 'vehicle', field: `attributes.${HOSTILE}`, before: HOSTILE, after: HOSTILE },
							],
						},
					],
				},
			}),
		];
		for (const html of all) {
			expect(html).not.toContain('<script');
			expect(html).toContain('&quot;&gt;&lt;script&gt;');
		}
	});
});

test('the list tells the state of each, and goes on looking while one moves', () => {
	const listed = (entry: Import) =>
		listPage({ title: 'Imports', entries: [entry], problem: '', zone: 'Europe/Berlin' });
	expect(textOf(listed(imported()))).toContain(
		'vehicles.csv Is being imported, 25 % 25,000 3 2026-03-01 09:00, ada',
	);
	expect(refreshes(listed(imported()))).toBe(true);
	expect(refreshes(listed(imported({ state: 'done' })))).toBe(false);
});

test('a button works from the page of its own import only', () => {
	const entry = imported();
	expect(() => checkPageToken(entry, pageToken(entry))).not.toThrow();
	for (const other of ['', undefined, 'x'.repeat(32), pageToken(imported({ id: 8 }))]) {
		expect(() => checkPageToken(entry, other)).toThrow('is not of this import');
	}
	expect(page()).toContain(pageToken(entry));
	expect(page()).not.toContain('some-key');
});
