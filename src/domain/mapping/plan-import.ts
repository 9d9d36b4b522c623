import { FleetError } from '../errors';
import type { ImportOptions, ImportRecordType } from '../import';
import type { MessageFormat } from '../message-formats/message-format';
import { decideFormats, type FormatDefaults } from './decide-formats';
import { isOwnAttribute } from './field-names';
import type { ColumnMapping, ImportMapping } from './import-mapping';
import type { ImportPlan, ListPlan, PlanQuestion } from './import-plan';
import { listOf, type ImportList } from './list-names';
import { normaliseName } from './normalise-name';
import { placePath } from './place-path';
import { MAIN_RECORD, recogniseColumns, type TableColumns, withHeader } from './recognise-columns';
import { recogniseFormat } from './recognise-format';
import { guessList } from './recognise-list';
import { shapeOf } from './remember-mapping';
import { sampleTables, type SampleTable } from './sample-tables';
import type { SourceRow } from './source-row';

export interface AskedPlan {
	readonly recordType: ImportRecordType;
	readonly mapping: ImportOptions['mapping'];
	readonly format: ImportOptions['format'];
	/** The mapping of an earlier file by its `shapeOf`; null for a shape that is new. */
	readonly remembered: (shape: string) => ImportMapping | null;
}

export type DecidedPlan = Omit<ImportPlan, 'dialect'>;

export class UnknownRecordsError extends FleetError {
	constructor(columns: readonly string[]) {
		super(
			`The columns ${columns.slice(0, 20).join(', ')} do not tell what the rows are`,
			'Choose what they are: vehicles, customers, tasks or status messages.',
		);
	}
}

const NONE: ImportMapping = { columns: [], others: 'recognise', matchBy: 'auto' };

/**
 * Decides how a file is read from its first rows: what each column fills, and how its numbers, days and units are
 * written. A mapping that is given counts, then that of an earlier file of the same shape, then names, then values.
 * Throws `UnknownRecordsError` when nothing tells what the rows are.
 */
export function planImport(rows: readonly SourceRow[], asked: AskedPlan): DecidedPlan {
	const questions: PlanQuestion[] = [];
	const lists: ListPlan[] = [];
	// Settings alone, such as the answer to a question, leave the columns to be known or recognised.
	const isWhole = asked.mapping !== null && !isSettings(asked.mapping);
	let source: ImportPlan['source'] = isWhole ? 'given' : 'recognised';
	let settings = asked.mapping ?? NONE;
	for (const table of sampleTables(rows)) {
		const shape = shapeOf(table.list, table.names);
		const remembered = isWhole ? null : asked.remembered(shape);
		const mapping = remembered ? withSettings(remembered, asked.mapping) : (asked.mapping ?? NONE);
		if (remembered && source === 'recognised') {
			source = 'remembered';
			settings = mapping;
		}
		const format = formatOf(table, asked);
		const kind = format ? 'statuses' : kindOf(table.list, table, asked.recordType, mapping);
		if (!kind) continue;
		if (format) {
			lists.push({ list: table.list, kind, shape, format, columns: [] });
			continue;
		}
		const planned = planColumns(table, kind, mapping, remembered !== null);
		lists.push({ list: table.list, kind, shape, columns: planned.columns });
		questions.push(...planned.questions);
	}
	const [first] = rows;
	if (first && lists.length === 0) throw new UnknownRecordsError(first.columns);
	const { matchBy, others, timeZone } = settings;
	return { source, matchBy, others, ...(timeZone === undefined ? {} : { timeZone }), lists, questions };
}

const isSettings = ({ columns, others }: ImportMapping): boolean =>
	columns.length === 0 && others === 'recognise';

function withSettings(remembered: ImportMapping, given: ImportMapping | null): ImportMapping {
	if (!given) return remembered;
	const { columns: _columns, others: _others, matchBy, ...settings } = given;
	return { ...remembered, ...settings, matchBy: matchBy === 'auto' ? remembered.matchBy : matchBy };
}

/** Of JSON, the shape that a sender gives its messages; null for columns, and for the product's own shape. */
function formatOf(table: SampleTable, { recordType, format, mapping }: AskedPlan): MessageFormat | null {
	const named = table.list === null ? null : listOf(table.list);
	if (named !== null && named !== 'statuses') return null;
	if (format !== null) return format.preset === 'fleet' ? null : format;
	const mayBe =
		(mapping === null || isSettings(mapping)) && (recordType === 'auto' || recordType === 'statuses');
	return mayBe && !table.isText ? recogniseFormat(table.first) : null;
}

/** What the rows of a list are: by its name, else as was asked, else by what is mapped, else by the columns. */
export function kindOf(
	list: string | null,
	table: TableColumns,
	recordType: ImportRecordType,
	mapping: Pick<ImportMapping, 'columns'>,
): ImportList | null {
	const named = list === null ? null : listOf(list);
	if (named !== null) return named;
	if (recordType !== 'auto') return recordType;
	return mappedKind(mapping.columns) ?? guessList(table.columns, table.profiles);
}

function mappedKind(columns: readonly ColumnMapping[]): ImportList | null {
	const records = new Set(columns.map(({ record }) => record));
	const order: readonly ImportList[] = ['tasks', 'vehicles', 'statuses', 'customers'];
	return order.find((kind) => records.has(MAIN_RECORD[kind])) ?? null;
}

function planColumns(table: SampleTable, kind: ImportList, mapping: ImportMapping, isRemembered: boolean) {
	const named = columnFinder(table);
	// A list whose name says what its rows are takes nothing that is meant for the rows of another one.
	const hasMain = mapping.columns.some(({ record }) => record === MAIN_RECORD[kind]);
	const own = mapping.columns
		.filter(({ record }) => record === MAIN_RECORD[kind] || (hasMain && kind !== 'customers'))
		.flatMap((column) => named(column) ?? []);
	// What was found out from the values of an earlier file gives way to what the values of this one say.
	const given = isRemembered
		? own.map(withoutFormats)
		: own.map((column) => withHeader(column, table.profiles.get(column.column)));
	const columns = recogniseColumns(kind, table, given, mapping.others);
	const profiled = columns.map((column) => ({
		mapping: column,
		profile: table.profiles.get(column.column),
		isText: table.isText,
	}));
	const [remembered] = isRemembered ? own.filter(({ dateOrder }) => dateOrder !== undefined) : [];
	const defaults: FormatDefaults = {
		dateOrder: mapping.dateOrder ?? remembered?.dateOrder,
		decimalMark:
			mapping.decimalMark ??
			(isRemembered ? own.find(({ decimalMark }) => decimalMark)?.decimalMark : undefined),
	};
	return decideFormats(table.list, profiled, defaults);
}

const withoutFormats = ({
	dateOrder: _order,
	decimalMark: _mark,
	...mapping
}: ColumnMapping): ColumnMapping => mapping;

/** Finds the mapping of a column with its name as this table writes it; null where the table has no such column. */
function columnFinder({ names, columns }: SampleTable): (mapping: ColumnMapping) => ColumnMapping | null {
	const all = new Set([...names, ...columns]);
	const plain = new Map([...all].reverse().map((name) => [normaliseName(name), name]));
	return (mapping) => {
		const { column } = mapping;
		if (placePath(column, (name) => all.has(name)) !== null) return mapping;
		if (isOwnAttribute(column)) return null;
		const other = plain.get(normaliseName(column));
		return other === undefined || normaliseName(column) === '' ? null : { ...mapping, column: other };
	};
}
