import type { FileDialect } from '../import';
import type { MessageFormat } from '../message-formats/message-format';
import type { ColumnMapping, ImportMapping, MatchKey } from './import-mapping';
import type { ImportList } from './list-names';

/** How a file is read: decided from its first rows, kept, and shown. Plain data. */
export interface ImportPlan {
	/** As found in the file. */
	readonly dialect: FileDialect & { readonly format: string };
	/** Whether the mapping was `given`, known from an earlier file of the same shape, or recognised. */
	readonly source: 'given' | 'remembered' | 'recognised';
	readonly matchBy: MatchKey;
	readonly timeZone?: string;
	/** What becomes of columns that turn up behind the rows that were looked at. */
	readonly others: ImportMapping['others'];
	readonly lists: readonly ListPlan[];
	/** What only a person can answer. While there are any, nothing is taken. */
	readonly questions: readonly PlanQuestion[];
}

/** One table of the file: a sheet, a JSON list, a file of an archive. */
export interface ListPlan {
	readonly list: string | null;
	/** What a row counts as: the record that all others of the row hang on. */
	readonly kind: ImportList;
	/** What lists with these columns are remembered by. */
	readonly shape: string;
	/** Of status messages that are in a sender's own shape; `columns` is empty then. */
	readonly format?: MessageFormat;
	/** Columns that fill something; what is not named here fills nothing, or, in a later row, what its name says. */
	readonly columns: readonly ColumnMapping[];
}

export interface PlanQuestion {
	readonly list: string | null;
	readonly column: string;
	readonly about: 'dateOrder' | 'decimalMark';
	/** Values that can be read in more than one way. */
	readonly examples: readonly string[];
	readonly choices: readonly string[];
}
