import type { ImportPreview, PreviewRow } from '../../../app/imports/preview-import';
import type { FieldChange } from '../../../app/imports/change-fields';
import type { Import } from '../../../domain/import';
import { fieldName, RECORD_NAMES } from '../import-fields';
import { actionsOf, type PageAnswers, questionsForm } from './actions';
import { html, type Html } from './html';
import { figures, layout, section, table } from './layout';
import { planSection } from './plan-section';
import { errorTable, problemBox } from './progress-page';
import { count, number, size } from './words';

export interface PreviewView {
	readonly entry: Import;
	readonly preview: ImportPreview;
	/** What it was made with. */
	readonly answers: PageAnswers;
	readonly problem: string;
}

const OUTCOMES: Readonly<Record<PreviewRow['outcome'], string>> = {
	...{ created: 'new', updated: 'changes', unchanged: 'unchanged' },
};

export function previewPage(view: PreviewView): string {
	const { entry, preview, problem } = view;
	const { plan, rows, errors, firings } = preview;
	const asking = { ...entry, plan };
	const questions = plan?.questions.length ?? 0;
	const body = html`
		<nav><a href="?">All imports</a></nav>
		${problemBox(problem)} ${headSection(view)}
		${questions > 0 ? questionsForm(asking, { isPreview: true }) : null}
		${firings.length > 0 && firingsSection(preview)}
		${rows.length > 0 && section('What would change', changesTable(rows), shownOf(rows.length, preview))}
		${errors.length > 0 && section('What would be refused', errorTable(errors), refusedOf(preview))}
		${plan && planSection(plan)}
	`;
	return layout({ title: `Preview of ${entry.fileName}`, body });
}

function headSection({ entry, preview, answers }: PreviewView): Html {
	const { rowsToCreate, rowsToUpdate, rowsUnchanged, rowsToFail, rowsRead, isWholeFile } = preview;
	const read = isWholeFile ? count(rowsRead, 'row') : `the first ${count(rowsRead, 'row')} were looked at`;
	const about = (words: readonly string[]) =>
		html`<h1>${entry.fileName}</h1>
			<p class="note">${words.join(' · ')}</p>
			<p class="state">Preview: nothing was imported yet</p>`;
	const [bytes, id] = [size(entry.sizeBytes), `import ${entry.id}`];
	// While there are questions, no row can be looked at.
	if ((preview.plan?.questions.length ?? 0) > 0) return html`<section>${about([bytes, id])}</section>`;
	return html`<section>
		${about([bytes, read, id])}
		${figures([
			{ label: 'New', value: number(rowsToCreate) },
			{ label: 'To be updated', value: number(rowsToUpdate) },
			{ label: 'Unchanged', value: number(rowsUnchanged) },
			{
				label: 'To be refused',
				value: number(rowsToFail),
				...(rowsToFail > 0 ? { tone: 'bad' as const } : {}),
			},
		])}
		${actionsOf(entry, { previewed: answers })}
	</section>`;
}

const firingsSection = ({ firings }: ImportPreview): Html =>
	section(
		'Rules that would fire',
		table(
			[{ name: 'Rule' }, { name: 'Times', isNumber: true }],
			firings.map(({ rule, fired }) => [rule, number(fired)]),
		),
		'Their actions would run, too: emails, tasks, log entries.',
	);

function shownOf(shown: number, { rowsToCreate, rowsToUpdate }: ImportPreview): string | null {
	const all = rowsToCreate + rowsToUpdate;
	return shown < all ? `The first ${shown} of ${count(all, 'row')}.` : null;
}

const refusedOf = ({ errors, rowsToFail }: ImportPreview): string | null =>
	errors.length < rowsToFail ? `The first ${errors.length} of ${count(rowsToFail, 'row')}.` : null;

function changesTable(rows: readonly PreviewRow[]): Html {
	return table(
		[{ name: 'Row', isNumber: true }, { name: 'Record' }, { name: '' }, { name: 'Fields' }],
		rows.map(({ row, list, label, outcome, changes }) => [
			row,
			html`<span class="label">${list === null ? label : `${label} (${list})`}</span>`,
			html`<span class="outcome">${OUTCOMES[outcome]}</span>`,
			html`${[...new Set(changes.map(({ record }) => record))].map((record) =>
				changesOf(
					record,
					changes.filter((change) => change.record === record),
				),
			)}`,
		]),
	);
}

const changesOf = (record: FieldChange['record'], changes: readonly FieldChange[]): Html =>
	html`<div class="changes">
		<span class="note">${RECORD_NAMES[record]}</span>
		${changes.map((change) => html`<span>${changeWords(change)}</span> `)}
	</div>`;

function changeWords({ record, field, before, after }: FieldChange): Html {
	const was = before === null ? null : html`<del>${String(before)}</del> → `;
	return html`<span class="note">${fieldName(record, field)}</span>
		${was}${after === null ? '(empty)' : String(after)}`;
}
