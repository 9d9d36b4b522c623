import type { DatabaseKind, WriteKind } from './engine';
import type { Execute, Orm, Query } from './session';

/** What the repositories of one session work with. */
export interface StoreContext {
	readonly kind: DatabaseKind;
	readonly writeKind: WriteKind;
	readonly query: Query;
	readonly execute: Execute;
	readonly orm: Orm;
}
