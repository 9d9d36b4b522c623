import type { Import, ImportRowError } from '../../../domain/import';
import type { KeptRecord } from '../../../domain/import-change';
import { importProgress } from '../../../domain/import-progress';
import { actionsOf, questionsForm } from './actions';
import { html, type Html } from './html';
import { figures, layout, section, table, type Figure } from './layout';
import { planSection } from './plan-section';
import { count, duration, hasTaken, isAsking, number, size, stateWords, time } from './words';

export interface ProgressView {
	readonly entry: Import;
	/** The first bad rows. */
	readonly errors: readonly ImportRowError[];
	/** The first records that an undoing left. */
	readonly kept: readonly KeptRecord[];
	/** What was asked for and could not be done; empty for nothing. */
	readonly problem: string;
	readonly zone: string;
}

const REFRESH_SECONDS = 2;
const MOVING: ReadonlySet<Import['state']> = new Set(['pending', 'running', 'undoing']);

export function progressPage(view: ProgressView): string {
	const { entry } = view;
	const body = html`
		<nav><a href="?">All imports</a></nav>
		${problemBox(view.problem)} ${headSection(view)} ${isAsking(entry) ? questionsForm(entry) : null}
		${errorsSection(view)} ${keptSection(view)} ${entry.plan && planSection(entry.plan)}
	`;
	return layout({
		title: `${entry.fileName}: ${stateWords(entry).text}`,
		body,
		...(MOVING.has(entry.state) ? { refreshSeconds: REFRESH_SECONDS } : {}),
	});
}

export const problemBox = (problem: string): Html | null =>
	problem === '' ? null : html`<section class="asked"><p>${problem}</p></section>`;

function headSection({ entry, errors, zone }: ProgressView): Html {
	const { text, tone } = stateWords(entry);
	const { fileName, sizeBytes, uploadedBy, origin, createdAt, id } = entry;
	const from = [origin ?? uploadedBy, time(createdAt, zone), size(sizeBytes), `import ${id}`];
	return html`<section>
		<h1>${fileName}</h1>
		<p class="note">${from.filter(Boolean).join(' · ')}</p>
		<p class="state ${tone}">${text}</p>
		${bar(entry)} ${entry.error !== null && !isAsking(entry) && html`<p class="bad">${entry.error}</p>`}
		${figures(figuresOf(entry))} ${actionsOf(entry, { hasErrors: errors.length > 0 })}
	</section>`;
}

/** Has looked at rows, or is about to. */
const hasBegun = ({ state, rowsDone }: Import): boolean =>
	rowsDone > 0 || state === 'running' || state === 'done';

const isTakenBack = ({ state }: Import): boolean => state === 'undoing' || state === 'undone';

function bar(entry: Import): Html | null {
	if (entry.state === 'undoing') return html`<div class="bar unknown"><span></span></div>`;
	if (!hasBegun(entry) || entry.state === 'undone') return null;
	const { percent, secondsLeft } = importProgress(entry);
	const { rowsDone, rowsTotal, rowsTotalIsExact, state } = entry;
	const of = rowsTotal === null ? '' : ` of ${rowsTotalIsExact ? '' : 'about '}${number(rowsTotal)}`;
	const words = [
		`${number(rowsDone)}${of} rows`,
		percent !== null && `${percent} %`,
		secondsLeft !== null && `${duration(secondsLeft)} left`,
	];
	const look = state === 'done' ? 'ended' : state === 'running' ? '' : 'broken';
	return html`<div class="bar ${percent === null ? 'unknown' : look}" role="progressbar">
			<span style="width: ${percent ?? 100}%"></span>
		</div>
		<p class="note">${words.filter(Boolean).join(' · ')}</p>`;
}

function figuresOf(entry: Import): Figure[] {
	if (!hasBegun(entry)) return [];
	const { rowsCreated, rowsUpdated, rowsUnchanged, rowsFailed, rowsPerSecond } = entry;
	const isBack = isTakenBack(entry);
	return [
		{ label: isBack ? 'Had created' : 'Created', value: number(rowsCreated) },
		{ label: isBack ? 'Had updated' : 'Updated', value: number(rowsUpdated) },
		{ label: 'Unchanged', value: number(rowsUnchanged) },
		{ label: 'Bad rows', value: number(rowsFailed), ...(rowsFailed > 0 ? { tone: 'bad' as const } : {}) },
		...(rowsPerSecond === null || isBack ? [] : [{ label: 'Rows a second', value: number(rowsPerSecond) }]),
	];
}

export function errorTable(errors: readonly ImportRowError[]): Html {
	const hasLists = errors.some(({ list }) => list !== null);
	return table(
		[
			...(hasLists ? [{ name: 'List' }] : []),
			{ name: 'Row', isNumber: true },
			{ name: 'Column' },
			{ name: 'Value' },
			{ name: 'What is wrong' },
		],
		errors.map(({ list, row, column, value, message }) => [
			...(hasLists ? [list] : []),
			row,
			column === null ? '' : html`<code>${column}</code>`,
			value === null ? '' : html`<code>${value}</code>`,
			message,
		]),
	);
}

function errorsSection({ entry, errors }: ProgressView): Html | null {
	if (errors.length === 0) return null;
	const { rowsFailed } = entry;
	// Of a file that was refused for them, they are not counted.
	const some = rowsFailed === 0 ? 'Among the first rows of the file.' : null;
	const note = errors.length < rowsFailed ? `The first ${errors.length} of ${number(rowsFailed)}.` : some;
	return section('Bad rows', html`${errorTable(errors)} ${rowsFailed > 0 ? mending(entry) : null}`, note);
}

const mending = (entry: Import): Html =>
	html`<p class="note">
			${hasTaken(entry) && !isTakenBack(entry) ? 'The other rows are in the fleet. ' : ''}Download the bad
			ones as a file, each with its reason, mend them in it, and upload that file.
		</p>
		<div class="actions">
			<a class="button" href="?id=${entry.id}&amp;file=errors">Download bad rows</a>
		</div>`;

function keptSection({ entry, kept }: ProgressView): Html | null {
	if (kept.length === 0) return null;
	const rows = kept.map(({ record, recordId, label, reason }) => [`${record} ${recordId}`, label, reason]);
	return section(
		'Left as they were',
		table([{ name: 'Record' }, { name: 'Name' }, { name: 'Why' }], rows),
		`${count(entry.undoLeft, 'record')} could not be taken back${kept.length < entry.undoLeft ? `; the first ${kept.length}` : ''}.`,
	);
}
