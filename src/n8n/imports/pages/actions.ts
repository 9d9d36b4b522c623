import type { Import } from '../../../domain/import';
import type { PlanQuestion } from '../../../domain/mapping/import-plan';
import { html, type Html } from './html';
import { section } from './layout';
import { pageToken } from './page-token';
import { CHOICES } from './plan-section';
import { count, hasTaken, isAsking, isHeld } from './words';

export const PAGE_ACTIONS = ['cancel', 'undo', 'resume', 'remove'] as const;
export type PageAction = (typeof PAGE_ACTIONS)[number];

interface Button {
	readonly action: PageAction;
	readonly label: string;
	readonly isMain?: boolean;
	/** Whatever share of the rows is bad. */
	readonly takesAll?: boolean;
}

function buttonsOf(entry: Import, hasErrors: boolean): Button[] {
	const { state } = entry;
	if (state === 'pending' || (state === 'running' && !entry.cancelRequested)) {
		return [{ action: 'cancel', label: 'Cancel' }];
	}
	if (isHeld(entry)) {
		return [
			{ action: 'resume', label: 'Import now', isMain: true },
			{ action: 'remove', label: 'Discard' },
		];
	}
	const undo: Button[] = hasTaken(entry) ? [{ action: 'undo', label: 'Undo' }] : [];
	if (state === 'done') return undo;
	if (state === 'undone') return [{ action: 'resume', label: 'Import again' }];
	// Only that too many of its first rows were bad leaves errors where no row was taken.
	if (state === 'failed' && hasErrors && entry.rowsDone === 0) {
		return [{ action: 'resume', label: 'Import the good rows all the same', takesAll: true }];
	}
	const goOn = { action: 'resume', label: hasTaken(entry) ? 'Go on' : 'Try again', isMain: true } as const;
	return state === 'failed' || state === 'canceled' ? [...(isAsking(entry) ? [] : [goOn]), ...undo] : [];
}

const hiddenField = (name: string, value: string | number): Html =>
	html`<input type="hidden" name="${name}" value="${value}" />`;

const hidden = (entry: Import, action: PageAction): Html =>
	html`${hiddenField('id', entry.id)} ${hiddenField('token', pageToken(entry))}
	${hiddenField('action', action)}`;

/** What a page of questions sends, by `PlanQuestion.about`. */
export type PageAnswers = Partial<Record<PlanQuestion['about'], string>>;

/** Those of what a form sent that answer something. */
export function answersIn(sent: Readonly<Record<string, unknown>>): PageAnswers {
	const abouts = Object.keys(ABOUT) as PlanQuestion['about'][];
	return Object.fromEntries(
		abouts.flatMap((about) => {
			const answer = sent[about];
			return typeof answer === 'string' && answer !== '' ? [[about, answer]] : [];
		}),
	);
}

interface ActionsView {
	/** Rows of it were refused. */
	readonly hasErrors?: boolean;
	/** What the preview was made with, where it is one. */
	readonly previewed?: PageAnswers;
}

/** What can be done about an import. */
export function actionsOf(entry: Import, { hasErrors = false, previewed }: ActionsView): Html | null {
	const answers = Object.entries(previewed ?? {});
	const buttons = buttonsOf(entry, hasErrors).map((button) => {
		const { action, label, isMain, takesAll } = button;
		const form = html`<form method="post" action="?id=${entry.id}">
			${hidden(entry, action)} ${takesAll ? hiddenField('stopAtBadPercent', 100) : null}
			${action === 'resume' ? answers.map(([about, answer]) => hiddenField(about, answer)) : null}
			<button class="${isMain ? 'main' : ''}">${label}</button>
		</form>`;
		return action === 'undo' ? confirmed(entry, form) : form;
	});
	if (isHeld(entry) && !previewed) {
		buttons.push(html`<a class="button" href="?id=${entry.id}&amp;preview=1">Preview</a>`);
	}
	return buttons.length === 0 ? null : html`<div class="actions">${buttons}</div>`;
}

/** It takes back a whole file: one click more. */
const confirmed = ({ rowsCreated, rowsUpdated }: Import, form: Html): Html =>
	html`<details class="confirm">
		<summary class="button">Undo …</summary>
		<p>
			What it created (${count(rowsCreated, 'row')}) is removed, what it updated
			(${count(rowsUpdated, 'row')}) becomes what it was. What something newer has changed since, or needs, is
			left and listed.
		</p>
		${form}
	</details>`;

const ABOUT: Readonly<Record<PlanQuestion['about'], string>> = {
	dateOrder: 'How are dates written?',
	decimalMark: 'What separates decimals?',
};

/** The questions of a plan, to be answered by a click each; of a preview, they lead to the next one. */
export function questionsForm(entry: Import, { isPreview = false } = {}): Html {
	const questions = entry.plan?.questions ?? [];
	const abouts = [...new Set(questions.map(({ about }) => about))];
	const fields = abouts.map((about) => {
		const asked = questions.filter((question) => question.about === about);
		const choices = [...new Set(asked.flatMap((question) => question.choices))];
		return html`<fieldset>
			<legend>
				<strong>${ABOUT[about]}</strong>
				${asked.map(
					({ column, list, examples }) =>
						html`<div>
							<code>${list === null ? column : `${list}: ${column}`}</code> has
							<code>${examples.slice(0, 4).join(', ')}</code>
						</div>`,
				)}
			</legend>
			${choices.map(
				(choice) =>
					html`<label>
						<input type="radio" name="${about}" value="${choice}" required />
						${CHOICES[choice] ?? choice}
					</label>`,
			)}
		</fieldset>`;
	});
	return html`<section class="asked">
		<h2>One thing only you can know</h2>
		<p>The values can be read in more than one way. Nothing was imported yet.</p>
		${
			isPreview
				? html`<form method="get">
						${hiddenField('id', entry.id)} ${hiddenField('preview', 1)} ${fields}
						<button class="main">Answer and preview</button>
					</form>`
				: html`<form method="post" action="?id=${entry.id}">
						${hidden(entry, 'resume')} ${fields}
						<button class="main">Answer and import</button>
					</form>`
		}
	</section>`;
}

export const notThere = (): Html =>
	section('There is no such import', html`<p>It may have been deleted. <a href="?">All imports</a></p>`);
