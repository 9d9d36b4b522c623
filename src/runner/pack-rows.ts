import type { FileRow } from '../app/imports/read-records';

/** Rows as they go from thread to thread. */
export type PackedRows = string;

/** As one text: cloning as many small objects takes several times as long as writing and reading them. */
export const packRows = (rows: readonly FileRow[]): PackedRows => JSON.stringify(rows);

export const unpackRows = (rows: PackedRows): readonly FileRow[] => JSON.parse(rows) as readonly FileRow[];
