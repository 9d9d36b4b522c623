import { datesIn, type ColumnProfile } from './column-profile';
import {
	customerFieldOf,
	dateAttributeOf,
	FIELD_OF,
	firstStatusFieldOf,
	isCustomerId,
	type NameLookup,
	reportedAttributeOf,
} from './field-names';
import { headerUnit } from './header-unit';
import type { ColumnMapping, ImportMapping, MappedRecord } from './import-mapping';
import type { ImportList } from './list-names';
import { camelCase, normaliseName } from './normalise-name';
import { placePath } from './place-path';
import { findByValues } from './recognise-values';
import { ERROR_COLUMN } from './text-marker';

/** The record that a row of a list counts as. */
export const MAIN_RECORD = {
	customers: 'customer',
	vehicles: 'vehicle',
	tasks: 'task',
	statuses: 'status',
} as const satisfies Record<ImportList, MappedRecord>;

/** The columns of a table; dotted where they lie inside of another one. */
export interface TableColumns {
	readonly columns: readonly string[];
	/** Undefined for a table of which nothing but the columns is known yet. */
	readonly profiles?: ReadonlyMap<string, ColumnProfile>;
}

interface Meaning {
	readonly record: MappedRecord;
	readonly field: string;
}

/** The product's own name for an attribute, as its exports write it. */
const OWN_ATTRIBUTE = /^attributes\.(.+)$/s;
const ERROR_NAME = normaliseName(ERROR_COLUMN);

const keyOf = ({ record, field }: Meaning) => `${record}.${field}`;

/**
 * What the columns of a table fill: `given` first, the others by their names, and by their values where these say it
 * plainly. Of several columns that mean one field, the one that bears its very name, else the first, fills it; the
 * others become attributes, as does everything that means no field. Tasks have no attributes.
 */
export function recogniseColumns(
	kind: ImportList,
	table: TableColumns,
	given: readonly ColumnMapping[],
	others: ImportMapping['others'],
): readonly ColumnMapping[] {
	const columns = new Set(table.columns);
	const mapped = new Set(given.map(({ column }) => column));
	const begun = new Set(given.map(({ column }) => placePath(column, (name) => columns.has(name))?.column));
	/** Itself, a part of it, or what it is a part of. */
	const isGiven = (column: string) =>
		begun.has(column) || placePath(column, (name) => mapped.has(name)) !== null;
	const open = table.columns.filter(
		(column) => !isGiven(column) && column !== '' && normaliseName(column) !== ERROR_NAME,
	);
	if (others === 'ignore' || open.length === 0) return given;
	const meanings =
		others === 'recognise'
			? meaningsOf(kind, { ...table, columns: open }, given)
			: new Map<string, Meaning>();
	const found: ColumnMapping[] = [];
	const main = MAIN_RECORD[kind];
	const taken = new Set([...given, ...meanings.values()].map(keyOf));
	const hasReport = [...meanings.values(), ...given].some(({ field }) => field === 'reportedAt');
	for (const column of open) {
		const meaning = meanings.get(column);
		if (meaning) {
			found.push({ column, ...meaning });
		} else if (main !== 'task') {
			const isReport = kind === 'vehicles' && others === 'recognise' && hasReport;
			const profile = table.profiles?.get(column);
			const attribute = attributeOf(column, profile, { main, isReport, taken });
			taken.add(keyOf(attribute));
			found.push(attribute);
		}
	}
	return [...given, ...found];
}

/** The fields that columns mean, each filled by one column. */
function meaningsOf(
	kind: ImportList,
	table: TableColumns,
	given: readonly ColumnMapping[],
): ReadonlyMap<string, Meaning> {
	const taken = new Map<string, string>();
	for (const mapping of given) taken.set(keyOf(mapping), mapping.column);
	const meanings = new Map<string, Meaning>();
	const give = (column: string, meaning: Meaning) => {
		const key = keyOf(meaning);
		const holder = taken.get(key);
		if (holder !== undefined && !(meanings.has(holder) && column === meaning.field)) return;
		if (holder !== undefined) meanings.delete(holder);
		taken.set(key, column);
		meanings.set(column, meaning);
	};
	const byValues = findByValues(kind, table);
	for (const column of table.columns) {
		const meaning = meaningOf(kind, column);
		if (meaning && !byValues.contradicted.has(column)) give(column, meaning);
	}
	for (const [column, field] of byValues.fields) {
		if (!meanings.has(column)) give(column, { record: MAIN_RECORD[kind], field });
	}
	if (kind === 'vehicles') {
		addCustomer(table.columns, meanings, give);
		addFirstStatus(table.columns, meanings, give);
	}
	return meanings;
}

function meaningOf(kind: ImportList, column: string): Meaning | undefined {
	const record = MAIN_RECORD[kind];
	const own = OWN_ATTRIBUTE.exec(column)?.[1];
	if (own !== undefined) return record === 'task' ? undefined : { record, field: `attributes.${own}` };
	const field = FIELD_OF[kind](column) ?? (kind === 'statuses' ? positionFieldOf(column) : undefined);
	return field === undefined ? undefined : { record, field };
}

/** Of something inside of another column, the last name may say it: `gps.lat`. */
function positionFieldOf(column: string): string | undefined {
	const last = column.split('.').at(-1);
	return last === undefined || last === column ? undefined : firstStatusFieldOf(last);
}

type Give = (column: string, meaning: Meaning) => void;

/**
 * `Customer name` beside a vehicle makes a customer of its own, which `Customer ID`, or `Customer`, then belongs to; so
 * do these two together.
 */
function addCustomer(columns: readonly string[], meanings: Map<string, Meaning>, give: Give): void {
	const open = columns.filter((column) => !meanings.has(column));
	const fieldsBy = (lookup: NameLookup) =>
		open.flatMap((column) => {
			const field = lookup(column);
			return field === undefined ? [] : [[column, field] as const];
		});
	const fields = [...fieldsBy(customerFieldOf), ...fieldsBy(partnerIn(meanings))];
	if (fields.length === 0) return;
	for (const [column, field] of fields) give(column, { record: 'customer', field });
	// A vehicle has neither an e-mail address nor a telephone of its own.
	for (const [column, field] of fieldsBy(FIELD_OF.customers)) {
		if (!meanings.has(column) && (field === 'email' || field === 'phone'))
			give(column, { record: 'customer', field });
	}
	const hasName = fields.some(([, field]) => field === 'name');
	for (const [column, meaning] of meanings) {
		if (meaning.record !== 'vehicle' || meaning.field !== 'customer') continue;
		const field = isCustomerId(column) !== undefined || hasName ? 'externalId' : 'name';
		meanings.delete(column);
		give(column, { record: 'customer', field });
	}
}

/** The id of the customer that another column names, or the name of the one that it gives the id of. */
function partnerIn(meanings: ReadonlyMap<string, Meaning>): NameLookup {
	const [link] = [...meanings].find(([, { field }]) => field === 'customer') ?? [];
	if (link === undefined) return () => undefined;
	const isId = (column: string) => isCustomerId(column) !== undefined;
	return (column) =>
		FIELD_OF.vehicles(column) !== 'customer' || isId(column) === isId(link)
			? undefined
			: isId(column)
				? 'externalId'
				: 'name';
}

/** A time of report with a position, or with values that change on the way, tells a first status. */
function addFirstStatus(columns: readonly string[], meanings: Map<string, Meaning>, give: Give): void {
	const fields = columns.flatMap((column) => {
		const field = meanings.has(column) ? undefined : (firstStatusFieldOf(column) ?? positionFieldOf(column));
		return field === undefined ? [] : [[column, field] as const];
	});
	const has = (name: string) => fields.some(([, field]) => field === name);
	const hasPosition = has('latitude') && has('longitude');
	const hasValues = columns.some((column) => reportedName(column) !== undefined);
	if (!has('reportedAt') || !(hasPosition || hasValues)) return;
	for (const [column, field] of fields) {
		if (hasPosition || field === 'reportedAt') give(column, { record: 'status', field });
	}
}

const reportedName = (column: string) => reportedAttributeOf(headerUnit(column)?.name ?? column);

/** The camel case of a name that has letters, else the name: `__proto__` stays what it is, for the fields' check. */
function attributeOf(
	column: string,
	profile: ColumnProfile | undefined,
	{ main, isReport, taken }: { main: MappedRecord; isReport: boolean; taken: ReadonlySet<string> },
): ColumnMapping {
	const unit = headerUnit(column);
	const plain = unit?.name ?? column;
	const reported = isReport ? reportedAttributeOf(plain) : undefined;
	const record = reported === undefined ? main : 'status';
	const day = record === 'vehicle' ? dateAttributeOf(column) : undefined;
	const withoutUnit = camelCase(plain);
	const names = [reported, day, withoutUnit, camelCase(column), column];
	const name = freeName(names, (free) => taken.has(keyOf({ record, field: `attributes.${free}` })));
	const isDate = record !== 'status' && (day !== undefined || (hasDateWord(column) && mayBeDates(profile)));
	return {
		...{ column, record, field: `attributes.${name}` },
		...(unit?.unit !== undefined && (name === reported || name === withoutUnit) ? { unit: unit.unit } : {}),
		...(isDate ? { type: 'date' } : {}),
	};
}

/**
 * A column that a person mapped to an attribute, with what its header says where the mapping says nothing of the kind:
 * its unit, unless the attribute's name has it too, or that it holds days.
 */
export function withHeader(mapping: ColumnMapping, profile: ColumnProfile | undefined): ColumnMapping {
	const { column, record, field, unit, type } = mapping;
	const isTold = unit !== undefined || type !== undefined;
	if (isTold || !field.startsWith('attributes.') || OWN_ATTRIBUTE.test(column)) return mapping;
	const header = headerUnit(column);
	if (header?.unit !== undefined) {
		return field === `attributes.${camelCase(column)}` ? mapping : { ...mapping, unit: header.unit };
	}
	const isDay = record === 'vehicle' && dateAttributeOf(column) !== undefined;
	const isDate = record !== 'status' && (isDay || (hasDateWord(column) && mayBeDates(profile)));
	return isDate ? { ...mapping, type: 'date' } : mapping;
}

const hasDateWord = (column: string) => /^date|Date|datum|Datum|^fecha|Fecha/.test(camelCase(column));

/** `Update by` has the word, and no dates. */
const mayBeDates = (profile: ColumnProfile | undefined) =>
	profile === undefined || profile.texts === 0 || datesIn(profile) + profile.dates.shortYear > 0;

/** The first of the names that is not taken; when all are, the last with a number behind it. */
function freeName(names: readonly (string | undefined)[], isTaken: (name: string) => boolean): string {
	const free = names.find((name) => name && !isTaken(name));
	if (free !== undefined) return free;
	let count = 2;
	while (isTaken(`${names.at(-1)} ${count}`)) count++;
	return `${names.at(-1)} ${count}`;
}
