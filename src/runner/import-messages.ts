import type { ImportPlan } from '../domain/mapping/import-plan';
import type { PackedRows } from './pack-rows';
import type { PlainError } from './thread-messages';

/** From the thread that works on an import; it ends itself afterwards. */
export type FromImport =
	| { readonly type: 'ended'; readonly result: unknown }
	| { readonly type: 'failed'; readonly error: PlainError };

/** From the thread that reads a file. */
export type FromImportReader =
	| { readonly type: 'plan'; readonly plan: ImportPlan }
	| { readonly type: 'total'; readonly rows: number; readonly isExact: boolean }
	| { readonly type: 'rows'; readonly rows: PackedRows }
	| { readonly type: 'end' }
	| { readonly type: 'failed'; readonly error: PlainError };

/** To it: rows are taken, others may come. */
export type ToImportReader = { readonly type: 'taken'; readonly characters: number };
