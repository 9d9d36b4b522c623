import type { Geofence, GeofenceFields } from '../../domain/geofence';
/** `where` compares for equality, null included; `search` finds a part of the record's names and keys, in any case. */
export interface RecordQuery<R> {
	readonly where?: Partial<R>;
	readonly search?: string;
	/** Of a point in time in milliseconds, or another number; both bounds are included. */
	readonly range?: { readonly field: keyof R & string; readonly from?: number; readonly to?: number };
	/** Default: `id`, ascending. */
	readonly orderBy?: keyof R & string;
	readonly descending?: boolean;
	readonly limit?: number;
	readonly offset?: number;
}

export interface RecordReader<R> {
	/** Null when there is none. */
	get(id: number): Promise<R | null>;
	/** By id; those that there are. Any number of ids, in few statements. */
	getMany(ids: readonly number[]): Promise<Map<number, R>>;
	find(query?: RecordQuery<R>): Promise<R[]>;
	count(query?: Pick<RecordQuery<R>, 'where' | 'search' | 'range'>): Promise<number>;
}

/**
 * `at` is the time that the record is stamped with. Breaking a unique key rejects with `DuplicateRecordError`,
 * naming the field.
 */
export interface RecordRepository<R, Fields> extends RecordReader<R> {
	create(fields: Fields, at: number): Promise<R>;
	/** Null when there is no such record; fields that are left out stay as they are. */
	update(id: number, changes: Partial<Fields>, at: number): Promise<R | null>;
	/** False when there was none. */
	remove(id: number): Promise<boolean>;
}

export interface GeofenceRepository extends RecordRepository<Geofence, GeofenceFields> {
	/** All, without their shapes, which may be megabytes; by name. */
	names(): Promise<Pick<Geofence, 'id' | 'name' | 'tags'>[]>;
}
