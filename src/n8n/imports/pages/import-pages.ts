import { RecordNotFoundError } from '../../../app/errors';
import { FleetError, InvalidFieldError } from '../../../domain/errors';
import type { Import } from '../../../domain/import';
import type { ImportDesk } from '../await-import';
import { resumeChanges } from '../import-options';
import { previewStored } from '../preview-file';
import { answersIn, notThere, PAGE_ACTIONS, type PageAction } from './actions';
import { layout } from './layout';
import { listPage } from './list-page';
import { checkPageToken } from './page-token';
import { previewPage } from './preview-page';
import { progressPage } from './progress-page';

type Answers = Readonly<Record<string, unknown>>;

export interface PageQuery {
	/** Of one import, of several, separated by commas, or empty for the newest. */
	readonly ids: string;
	readonly preview: boolean;
	/** What the preview asked, answered: fields of its form, among others. */
	readonly answers: Answers;
	readonly problem: string;
}

const SHOWN_ROWS = 10;
const LISTED = 50;

/** The page that a person asked for, as HTML. */
export async function importPage(desk: ImportDesk, query: PageQuery): Promise<string> {
	const { ids, preview, problem } = query;
	const zone = desk.context.getTimezone();
	const wanted = [...new Set(ids.split(',').map(Number))].filter((id) => Number.isSafeInteger(id) && id > 0);
	const entries = ids.trim() === '' ? await newest(desk) : await found(desk, wanted);
	const [entry] = entries;
	if (ids.trim() === '' || entries.length > 1) {
		const title = ids.trim() === '' ? 'Imports' : 'Your files';
		return listPage({ title, entries, problem, zone });
	}
	if (!entry) return layout({ title: 'No such import', body: notThere() });
	if (preview && entry.startedAt === null) return await previewOf(desk, entry, query, zone);
	return await progressOf(desk, entry, problem, zone);
}

async function newest({ fleet, runtime }: ImportDesk): Promise<Import[]> {
	return await runtime.records.listImports(fleet, { descending: true, limit: LISTED });
}

async function found({ fleet, runtime }: ImportDesk, ids: readonly number[]): Promise<Import[]> {
	const entries: Import[] = [];
	for (const id of ids.slice(0, LISTED)) {
		try {
			entries.push(await runtime.records.getImport(fleet, { id }));
		} catch (error) {
			if (!(error instanceof RecordNotFoundError)) throw error;
		}
	}
	return entries;
}

async function previewOf(
	desk: ImportDesk,
	entry: Import,
	{ answers: sent, problem }: PageQuery,
	zone: string,
): Promise<string> {
	try {
		const answers = answersIn(sent);
		const options = { ...entry.options, ...resumeChanges(answers, entry) };
		const preview = await previewStored(desk, { ...entry, options }, SHOWN_ROWS);
		return previewPage({ entry, preview, answers, problem });
	} catch (error) {
		if (!(error instanceof FleetError)) throw error;
		return await progressOf(desk, entry, `${error.message}. ${error.hint}`, zone);
	}
}

async function progressOf(
	{ fleet, runtime }: ImportDesk,
	entry: Import,
	problem: string,
	zone: string,
): Promise<string> {
	const page = { limit: SHOWN_ROWS, offset: 0 };
	const { records } = runtime;
	const errors = await records.listImportErrors(fleet, { id: entry.id }, page);
	const kept = entry.undoLeft > 0 ? await records.listKeptRecords(fleet, { id: entry.id }, page) : [];
	return progressPage({ entry, errors, kept, problem, zone });
}

/** What a page's button asks for. The import as it is then; null when it was removed. */
export async function answerImportPage(desk: ImportDesk, answers: Answers): Promise<Import | null> {
	const { context, itemIndex, fleet, runtime } = desk;
	const { records } = runtime;
	const id = Number(answers.id);
	const entry = await records.getImport(fleet, { id: Number.isSafeInteger(id) ? id : 0 });
	checkPageToken(entry, answers.token);
	switch (actionOf(answers.action)) {
		case 'cancel':
			return await records.cancelImport(fleet, { id });
		case 'undo':
			return await records.requestUndo(fleet, { id });
		case 'resume': {
			const { stopAtBadPercent } = answers;
			const changes = resumeChanges({ ...answersIn(answers), stopAtBadPercent }, entry);
			return await records.resumeImport(fleet, { id }, changes);
		}
		case 'remove': {
			const { removeBlob } = runtime;
			await records.removeImport(fleet, { id }, async (key) => await removeBlob(context, key, itemIndex));
			return null;
		}
	}
}

function actionOf(given: unknown): PageAction {
	const known = PAGE_ACTIONS.find((action) => action === given);
	if (known !== undefined) return known;
	throw new InvalidFieldError(
		'action',
		`Nobody knows what '${String(given)}' is`,
		`Send one of: ${PAGE_ACTIONS.join(', ')}.`,
	);
}
