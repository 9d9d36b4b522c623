import type { UnitName } from '../units';

export const MAPPED_RECORDS = ['vehicle', 'customer', 'status', 'task'] as const;
export type MappedRecord = (typeof MAPPED_RECORDS)[number];

/** What becomes of a field that a record has already: it takes the file's value, keeps its own, or takes the file's where its own is empty. */
export const WRITE_MODES = ['overwrite', 'keep', 'fillEmpty'] as const;
export type WriteMode = (typeof WRITE_MODES)[number];

/** In which order a date's parts stand. */
export const DATE_ORDERS = ['dayFirst', 'monthFirst', 'yearFirst'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** What separates the decimals; the other one, a blank or an apostrophe separates thousands. */
export const DECIMAL_MARKS = ['point', 'comma'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

/** `boolean`: by words such as yes and no. `date`: what is no date is an error. */
export const COLUMN_TYPES = ['text', 'boolean', 'date'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** What a vehicle is recognised by. `auto`: VIN, else external id, else plate, of those that the row has. */
export const MATCH_KEYS = ['auto', 'vin', 'plate', 'externalId'] as const;
export type MatchKey = (typeof MATCH_KEYS)[number];

/** How one column becomes a field of a record. */
export interface ColumnMapping {
	/** The column's name, or in JSON a dotted path into the row, e.g. `position.lat`. */
	readonly column: string;
	readonly record: MappedRecord;
	/** Name of a field of the record, of a reference (`customer`, `vehicle`: by its key), or `attributes.NAME`. */
	readonly field: string;
	/** What the file measures it in; values become those of the dimension's canonical unit. */
	readonly unit?: UnitName;
	/** What every text of an attribute's column stands for; left out: what each is written like. */
	readonly type?: ColumnType;
	readonly dateOrder?: DateOrder;
	readonly decimalMark?: DecimalMark;
	/** Default: `overwrite`. */
	readonly write?: WriteMode;
}

/** Which columns fill what. Plain data, so that it can be kept in a node and in the store. */
export interface ImportMapping {
	readonly columns: readonly ColumnMapping[];
	/** What columns become that none of `columns` names: recognised by their name, attributes, or nothing. */
	readonly others: 'recognise' | 'attributes' | 'ignore';
	readonly matchBy: MatchKey;
	/** For columns that do not say it themselves; left out: found out from the values. */
	readonly dateOrder?: DateOrder;
	readonly decimalMark?: DecimalMark;
	/** Of days and times without a zone, as an IANA name; default UTC. */
	readonly timeZone?: string;
}
