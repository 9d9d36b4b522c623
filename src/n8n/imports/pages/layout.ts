import { html, type Html } from './html';
import { STYLE } from './style';

export interface Page {
	readonly title: string;
	readonly body: Html;
	/** Loads itself again. */
	readonly refreshSeconds?: number;
}

export function layout({ title, body, refreshSeconds }: Page): string {
	const refresh = refreshSeconds && html`<meta http-equiv="refresh" content="${refreshSeconds}" />`;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				${refresh || null}
				<title>${title}</title>
				${STYLE}
			</head>
			<body>
				<main>${body}</main>
			</body>
		</html> `.text;
}

export interface Column {
	readonly name: string;
	/** Numbers stand at the right. */
	readonly isNumber?: boolean;
}

export function table(
	columns: readonly Column[],
	rows: readonly (readonly (Html | string | number | null)[])[],
): Html {
	const cell = (index: number, content: Html | string | number | null) =>
		columns[index]?.isNumber ? html`<td class="number">${content}</td>` : html`<td>${content}</td>`;
	return html`<div class="scroll">
		<table>
			<thead>
				<tr>
					${columns.map(({ name, isNumber }) =>
						isNumber ? html`<th class="number">${name}</th>` : html`<th>${name}</th>`,
					)}
				</tr>
			</thead>
			<tbody>
				${rows.map(
					(row) =>
						html`<tr>
							${row.map((content, index) => cell(index, content))}
						</tr>`,
				)}
			</tbody>
		</table>
	</div>`;
}

export const section = (title: string, body: Html, note: string | null = null): Html =>
	html`<section>
		<h2>${title}</h2>
		${note === null ? null : html`<p class="note">${note}</p>`} ${body}
	</section>`;

export interface Figure {
	readonly label: string;
	readonly value: string;
	readonly tone?: 'good' | 'bad';
}

export const figures = (all: readonly Figure[]): Html =>
	html`<dl class="figures">
		${all.map(
			({ label, value, tone }) =>
				html`<div class="${tone ?? 'plain'}">
					<dt>${label}</dt>
					<dd>${value}</dd>
				</div>`,
		)}
	</dl>`;
