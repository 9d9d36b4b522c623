import type { FileDialect } from '../../domain/import';
import type { ReadOptions } from '../../app/ports/row-reader';

/** What the readers of all formats are given, and tell. */
export interface Reading {
	readonly dialect: FileDialect;
	readonly onDialect: NonNullable<ReadOptions['onDialect']>;
	readonly onTotal: NonNullable<ReadOptions['onTotal']>;
	/** The archive or compressed file that this file was in: it must not be one itself. */
	readonly packedIn: string | null;
}
