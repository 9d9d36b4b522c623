import type { Import } from '../../../domain/import';
import { importProgress } from '../../../domain/import-progress';
import { html } from './html';
import { layout, section, table } from './layout';
import { problemBox } from './progress-page';
import { number, stateWords, time } from './words';

export interface ListView {
	readonly title: string;
	readonly entries: readonly Import[];
	readonly problem: string;
	readonly zone: string;
}

const REFRESH_SECONDS = 5;

/** Several imports, each with a link to its page. */
export function listPage({ title, entries, problem, zone }: ListView): string {
	const isMoving = entries.some(({ state }) => ['pending', 'running', 'undoing'].includes(state));
	const columns = [
		{ name: 'File' },
		{ name: 'State' },
		{ name: 'Rows', isNumber: true },
		{ name: 'Bad', isNumber: true },
		{ name: 'Uploaded' },
	];
	const rows = entries.map((entry) => {
		const { text, tone } = stateWords(entry);
		const { percent } = importProgress(entry);
		const running = entry.state === 'running' && percent !== null ? `, ${percent} %` : '';
		return [
			html`<a href="?id=${entry.id}">${entry.fileName}</a>`,
			html`<span class="${tone}">${text}${running}</span>`,
			number(entry.rowsDone),
			number(entry.rowsFailed),
			`${time(entry.createdAt, zone)}${entry.uploadedBy === null ? '' : `, ${entry.uploadedBy}`}`,
		];
	});
	const body =
		entries.length === 0
			? section(title, html`<p>Nothing was imported yet.</p>`)
			: section(title, table(columns, rows));
	return layout({
		title,
		body: html`${problemBox(problem)}${body}`,
		...(isMoving ? { refreshSeconds: REFRESH_SECONDS } : {}),
	});
}
