import type { ColumnMapping } from '../../../domain/mapping/import-mapping';
import type { ImportPlan, ListPlan } from '../../../domain/mapping/import-plan';
import { fieldLabel } from '../import-fields';
import { html, type Html } from './html';
import { section, table } from './layout';

const SOURCES: Readonly<Record<ImportPlan['source'], string>> = {
	given: 'The columns were mapped by hand.',
	remembered: 'The columns are mapped as in an earlier file of the same shape.',
	recognised: 'The columns were recognised by their names and values.',
};
const KINDS: Readonly<Record<ListPlan['kind'], string>> = {
	...{ vehicles: 'Vehicles', customers: 'Customers', tasks: 'Tasks', statuses: 'Status messages' },
};
export const CHOICES: Readonly<Record<string, string>> = {
	dayFirst: 'day first, e.g. 31.12.2026',
	monthFirst: 'month first, e.g. 12/31/2026',
	yearFirst: 'year first, e.g. 2026-12-31',
	point: 'decimal point, e.g. 1,234.5',
	comma: 'decimal comma, e.g. 1.234,5',
};
const WRITES = {
	overwrite: null,
	keep: 'kept where it is there',
	fillEmpty: 'only where it is empty',
} as const;
const TYPES = { text: 'as text', boolean: 'yes or no', date: 'a date' } as const;

/** How a file is read, for the person who sent it. */
export function planSection(plan: ImportPlan): Html {
	return section(
		'How the file is read',
		html`${plan.lists.map(listOf)}`,
		`${fileWords(plan)} ${SOURCES[plan.source]}`,
	);
}

function fileWords({ dialect, timeZone }: ImportPlan): string {
	const { format, delimiter, encoding, headerRow, sheet } = dialect;
	const parts = [
		format.toUpperCase(),
		delimiter && `cells separated by ${delimiter === '\t' ? 'tabs' : `'${delimiter}'`}`,
		encoding && encoding.toUpperCase(),
		sheet && `sheet '${sheet}'`,
		headerRow === 0 ? 'without a header' : headerRow && headerRow > 1 && `header in row ${headerRow}`,
		timeZone && `times of ${timeZone}`,
	];
	return `${parts.filter(Boolean).join(', ')}.`;
}

function listOf({ list, kind, columns, format }: ListPlan): Html {
	const title = list === null ? KINDS[kind] : `${KINDS[kind]} in ${list}`;
	const body = format
		? html`<p>Messages in the format ${format.preset}.</p>`
		: table(
				[{ name: 'Column' }, { name: 'Fills' }, { name: 'Read as' }],
				columns.map((column) => [
					html`<code>${column.column}</code>`,
					fieldLabel(column.record, column.field),
					notesOf(column),
				]),
			);
	return html`<h3>${title}</h3>
		${body}`;
}

function notesOf({ field, unit, type, dateOrder, decimalMark, write }: ColumnMapping): string {
	const notes = [
		dateOrder && CHOICES[dateOrder],
		// A year has no decimals, whatever separates those of the file.
		field !== 'year' && decimalMark && CHOICES[decimalMark],
		unit && `in ${unit}`,
		type && TYPES[type],
		write && WRITES[write],
	];
	return notes.filter(Boolean).join('; ');
}
