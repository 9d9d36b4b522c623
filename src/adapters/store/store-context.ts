import type { DatabaseKind } from './engine';
import type { Orm, Query } from './session';

/** What the repositories of one session work with. */
export interface StoreContext {
	readonly kind: DatabaseKind;
	readonly query: Query;
	readonly orm: Orm;
}
