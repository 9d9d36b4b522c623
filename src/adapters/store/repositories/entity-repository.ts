import type { EntitySchema, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

import type { RecordRepository } from '../../../app/ports/store-records';
import type { StoreContext } from '../store-context';
import { duplicateFrom, refuseTakenKeys, type UniqueKeys } from '../unique-keys';
import { EntityReader } from './record-reader';

interface Stamped extends ObjectLiteral {
	readonly id: number;
	readonly createdAt: number;
	readonly updatedAt: number;
}

/** Records that are made and changed by their fields. `defaults`: columns that are no fields, in a new record. */
export class EntityRepository<R extends Stamped, Fields extends object>
	extends EntityReader<R>
	implements RecordRepository<R, Fields>
{
	constructor(
		context: StoreContext,
		entity: EntitySchema<R>,
		searched: readonly (keyof R & string)[],
		private readonly keys: UniqueKeys,
		private readonly defaults: Readonly<Record<string, unknown>> = {},
	) {
		super(context, entity, searched);
	}

	async create(fields: Fields, at: number): Promise<R> {
		await refuseTakenKeys(this.context, this.keys, fields, null);
		const row = { ...this.defaults, ...fields, createdAt: at, updatedAt: at };
		const id = await this.#refusing(fields, () => insertRow(this.context, this.entity, row));
		return await this.existing(id);
	}

	async update(id: number, changes: Partial<Fields>, at: number): Promise<R | null> {
		if ((await this.get(id)) === null) return null;
		await refuseTakenKeys(this.context, this.keys, changes, id);
		await this.#refusing(changes, () =>
			updateRow(this.context, this.entity, id, { ...changes, updatedAt: at }),
		);
		return await this.get(id);
	}

	async remove(id: number): Promise<boolean> {
		return await removeRow(this.context, this.keys.record, id);
	}

	async #refusing<T>(fields: object, work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			throw duplicateFrom(error, this.keys, fields) ?? error;
		}
	}
}

/** Returns the new row's id. */
export async function insertRow<R extends ObjectLiteral>(
	{ orm }: StoreContext,
	entity: EntitySchema<R>,
	row: object,
): Promise<number> {
	const values = row as QueryDeepPartialEntity<R>;
	const result = await orm((manager) => manager.getRepository(entity).insert(values));
	return Number(result.identifiers[0]?.id);
}

/** Fields that are undefined stay as they are. */
export async function updateRow<R extends ObjectLiteral>(
	{ orm }: StoreContext,
	entity: EntitySchema<R>,
	id: number,
	changes: object,
): Promise<void> {
	const defined = Object.entries(changes).filter(([, value]) => value !== undefined);
	const values = Object.fromEntries(defined) as QueryDeepPartialEntity<R>;
	await orm((manager) => manager.getRepository(entity).update(id, values));
}

/** False when there was none. */
export async function removeRow({ query }: StoreContext, table: string, id: number): Promise<boolean> {
	const rows = await query(`DELETE FROM ${table} WHERE id = ? RETURNING id`, [id]);
	return rows.length > 0;
}
