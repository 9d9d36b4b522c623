import { InvalidFieldError } from '../../domain/errors';
import {
	DEFAULT_IMPORT_OPTIONS,
	IMPORT_MODES,
	IMPORT_RECORD_TYPES,
	type FileDialect,
	type Import,
	type ImportOptions,
	type ImportRecordType,
} from '../../domain/import';
import {
	COLUMN_TYPES,
	DATE_ORDERS,
	DECIMAL_MARKS,
	MATCH_KEYS,
	WRITE_MODES,
	type ColumnMapping,
	type ImportMapping,
} from '../../domain/mapping/import-mapping';
import { UNIT_NAMES } from '../../domain/units';
import { messageFormat } from '../message-format';
import { parseFieldId } from './import-fields';

/** Reads a parameter of the node, e.g. `getNodeParameter` with the item. */
type GetParameter = (name: string, fallback: unknown) => unknown;
type Entered = Readonly<Record<string, unknown>>;

/** Of columns that an earlier file tells of, or their names. */
const RECOGNISED: ImportMapping = { columns: [], others: 'recognise', matchBy: 'auto' };

const OTHERS = ['recognise', 'attributes', 'ignore'] as const;

/** The parameter `recordType`, which may be an expression. Throws `InvalidFieldError` for any other name. */
export function recordTypeOf(get: GetParameter): ImportRecordType {
	const given = get('recordType', 'auto');
	const known = IMPORT_RECORD_TYPES.find((type) => type === given);
	if (known !== undefined) return known;
	throw new InvalidFieldError(
		'recordType',
		`There are no records called '${String(given)}'`,
		`Choose one of: ${IMPORT_RECORD_TYPES.join(', ')}.`,
	);
}

/** What `importMappingFields` say. Throws `InvalidFieldError` that names the field of the node. */
export function importOptions(get: GetParameter): ImportOptions {
	const options = get('fileOptions', {}) as Entered;
	const percent = options.stopAtBadPercent;
	return {
		mode: choice('Mode', IMPORT_MODES, get('mode', 'createOrUpdate')) ?? DEFAULT_IMPORT_OPTIONS.mode,
		dialect: dialectOf(options),
		mapping: mappingOf(get, options),
		format: formatOf(get),
		maxBadShare: isEmpty(percent)
			? DEFAULT_IMPORT_OPTIONS.maxBadShare
			: within('Stop at Bad Rows', percent, 0, 100) / 100,
	};
}

/** What an operator answers to an import's questions, or decides otherwise, added to what it had; others stay. */
export function resumeChanges(
	answers: Entered,
	{ options: before }: Pick<Import, 'options'>,
): Partial<ImportOptions> {
	const settings = settingsOf(answers);
	const dialect = dialectOf(answers);
	const percent = answers.stopAtBadPercent;
	return {
		...(Object.keys(settings).length > 0
			? { mapping: { ...(before.mapping ?? RECOGNISED), ...settings } }
			: {}),
		...(Object.keys(dialect).length > 0 ? { dialect: { ...before.dialect, ...dialect } } : {}),
		...(isEmpty(percent) ? {} : { maxBadShare: within('Stop at Bad Rows', percent, 0, 100) / 100 }),
	};
}

function dialectOf(options: Entered): FileDialect {
	const { encoding, headerRow, sheet, listPath } = options;
	const delimiter = delimiterOf(options.delimiter);
	return {
		...(delimiter === null ? {} : { delimiter }),
		...(isEmpty(encoding) ? {} : { encoding: trimmed(encoding) }),
		...(isEmpty(headerRow) ? {} : { headerRow: within('Header Row', headerRow, 0, 1_000_000) }),
		...(isEmpty(sheet) ? {} : { sheet: trimmed(sheet) }),
		...(isEmpty(listPath) ? {} : { listPath: trimmed(listPath) }),
	};
}

/** A blank or a tab is a delimiter, too, so this one is not trimmed. */
function delimiterOf(given: unknown): string | null {
	if (given === undefined || given === null || given === '') return null;
	const text = given === '\\t' ? '\t' : trimless(given);
	if (text.length === 1) return text;
	throw new InvalidFieldError(
		'delimiter',
		`'${text}' in Delimiter is not one character`,
		'Give the one that stands between the cells, e.g. a semicolon; \\t for a tab.',
	);
}

type Settings = Partial<Pick<ImportMapping, 'dateOrder' | 'decimalMark' | 'timeZone'>>;

function settingsOf({ dateOrder, decimalMark, timeZone }: Entered): Settings {
	const order = choice('Dates Are Written', DATE_ORDERS, dateOrder);
	const mark = choice('Decimals Are Separated By', DECIMAL_MARKS, decimalMark);
	return {
		...(order ? { dateOrder: order } : {}),
		...(mark ? { decimalMark: mark } : {}),
		...(isEmpty(timeZone) ? {} : { timeZone: trimmed(timeZone) }),
	};
}

function mappingOf(get: GetParameter, options: Entered): ImportMapping | null {
	const matchBy = choice('Match Vehicles By', MATCH_KEYS, get('matchBy', 'auto')) ?? 'auto';
	const settings = settingsOf(options);
	if (get('mapping', 'automatic') !== 'columns') {
		const isPlain = matchBy === 'auto' && Object.keys(settings).length === 0;
		return isPlain ? null : { ...RECOGNISED, matchBy, ...settings };
	}
	const others = choice('Other Columns', OTHERS, get('others', 'recognise')) ?? 'recognise';
	return { columns: columnsOf(get), others, matchBy, ...settings };
}

function columnsOf(get: GetParameter): ColumnMapping[] {
	const settings = new Map(
		(get('fieldSettings.field', []) as readonly Entered[]).map(({ field, ...rest }) => [
			trimmed(field),
			rest,
		]),
	);
	const mapped = Object.entries((get('columns.value', {}) as Entered | null) ?? {});
	const columns = mapped.flatMap(([id, column]): ColumnMapping[] => {
		const target = parseFieldId(id);
		if (!target || isEmpty(column)) return [];
		return [{ column: String(column), ...target, ...settingsOfColumn(id, settings.get(id) ?? {}) }];
	});
	const attributes = (get('attributes.attribute', []) as readonly Entered[]).map(attributeOf);
	const all = [...columns, ...attributes];
	if (all.length > 0) return all;
	throw new InvalidFieldError(
		'columns',
		'No column is mapped',
		"Choose, or type, the file's column beside each field that it fills; or let Mapping be Automatic.",
	);
}

function attributeOf(row: Entered, index: number): ColumnMapping {
	const where = `Attributes, row ${index + 1}`;
	if (isEmpty(row.column)) {
		throw new InvalidFieldError(
			'attributes',
			`${where} names no column`,
			"Enter the column's name as the file has it.",
		);
	}
	const column = trimmed(row.column);
	const record = choice(`${where}, Of`, ['vehicle', 'customer', 'status'] as const, row.record) ?? 'vehicle';
	const name = isEmpty(row.name) ? column : trimmed(row.name);
	const type = choice(`${where}, Type`, COLUMN_TYPES, row.type);
	return {
		column,
		record,
		field: `attributes.${name}`,
		...(type ? { type } : {}),
		...settingsOfColumn(where, row),
	};
}

function settingsOfColumn(where: string, row: Entered): Partial<ColumnMapping> {
	const unit = choice(`${where}, Unit`, UNIT_NAMES, row.unit);
	const write = choice(`${where}, Value That Is There`, WRITE_MODES, row.write);
	const { dateOrder, decimalMark } = settingsOf(row);
	return {
		...(unit ? { unit } : {}),
		...(dateOrder ? { dateOrder } : {}),
		...(decimalMark ? { decimalMark } : {}),
		...(write && write !== 'overwrite' ? { write } : {}),
	};
}

/** Null: what the rows look like decides. */
function formatOf(get: GetParameter): ImportOptions['format'] {
	const isAsked = get('recordType', 'auto') === 'statuses' && get('format', 'auto') !== 'auto';
	return isAsked ? messageFormat(get) : null;
}

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const trimless = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? `${value}` : JSON.stringify(value);
const trimmed = (value: unknown): string => trimless(value).trim();

/** Null where nothing is chosen. */
function choice<T extends string>(field: string, choices: readonly T[], given: unknown): T | null {
	if (isEmpty(given) || given === 'auto') return choices.find((one) => one === given) ?? null;
	const known = choices.find((one) => one === given);
	if (known !== undefined) return known;
	throw new InvalidFieldError(
		field,
		`'${String(given)}' in ${field} is none of its choices`,
		`Give one of: ${choices.join(', ')}.`,
	);
}

function within(field: string, given: unknown, least: number, most: number): number {
	const value = Number(given);
	if (Number.isFinite(value) && value >= least && value <= most) return value;
	throw new InvalidFieldError(
		field,
		`'${String(given)}' in ${field} is no number from ${least} to ${most}`,
		'Correct it.',
	);
}
