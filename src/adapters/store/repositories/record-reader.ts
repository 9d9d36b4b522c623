import {
	Between,
	type EntitySchema,
	type FindOptionsOrder,
	type FindOptionsWhere,
	type FindOperator,
	In,
	IsNull,
	type ObjectLiteral,
	Raw,
} from 'typeorm';

import { RecordNotFoundError } from '../../../app/errors';
import type { RecordQuery, RecordReader } from '../../../app/ports/store-records';
import type { DatabaseKind } from '../engine';
import type { StoreContext } from '../store-context';

const IDS_AT_ONCE = 500;

type Conditions<R> = Pick<RecordQuery<R>, 'where' | 'search' | 'range'>;

/** Reads any record; `searched` are the columns in which `search` looks. */
export class EntityReader<R extends ObjectLiteral> implements RecordReader<R> {
	constructor(
		protected readonly context: StoreContext,
		protected readonly entity: EntitySchema<R>,
		private readonly searched: readonly (keyof R & string)[],
	) {}

	async get(id: number): Promise<R | null> {
		const [record] = await this.find({ where: { id } as unknown as Partial<R>, limit: 1 });
		return record ?? null;
	}

	async getMany(ids: readonly number[]): Promise<Map<number, R>> {
		const found = new Map<number, R>();
		const distinct = [...new Set(ids)];
		for (let done = 0; done < distinct.length; done += IDS_AT_ONCE) {
			const where = { id: In(distinct.slice(done, done + IDS_AT_ONCE)) } as FindOptionsWhere<ObjectLiteral>;
			for (const record of await this.context.orm((manager) =>
				manager.getRepository(this.entity).find({ where: where as FindOptionsWhere<R> }),
			)) {
				found.set(Number(record.id), record);
			}
		}
		return found;
	}

	/** For a record that this session has just written. */
	protected async existing(id: number): Promise<R> {
		const record = await this.get(id);
		if (record === null) throw new RecordNotFoundError(this.entity.options.name, id);
		return record;
	}

	async find(query: RecordQuery<R> = {}): Promise<R[]> {
		const { orderBy = 'id', descending = false, limit, offset } = query;
		return await this.context.orm((manager) =>
			manager.getRepository(this.entity).find({
				where: this.#conditions(query),
				order: orderOf<R>(orderBy, descending),
				...(limit === undefined ? {} : { take: limit }),
				...(offset === undefined ? {} : { skip: offset }),
			}),
		);
	}

	async count(query: Conditions<R> = {}): Promise<number> {
		return await this.context.orm((manager) =>
			manager.getRepository(this.entity).count({ where: this.#conditions(query) }),
		);
	}

	#conditions({ where = {}, search, range }: Conditions<R>): FindOptionsWhere<R> | FindOptionsWhere<R>[] {
		const equal = {
			...(range === undefined ? {} : { [range.field]: within(range) }),
			...Object.fromEntries(
				Object.entries(where)
					.filter(([, value]) => value !== undefined)
					.map(([column, value]) => [column, value === null ? IsNull() : value]),
			),
		} as FindOptionsWhere<R>;
		const text = search?.trim();
		if (text === undefined || text === '') return equal;
		return this.searched.map((column) => ({
			...equal,
			// Both conditions count when the column stands in `where` too: only what is equal can be found then.
			[column]: column in equal ? equal[column as keyof typeof equal] : contains(this.context.kind, text),
		}));
	}
}

const within = ({ from, to }: { readonly from?: number; readonly to?: number }): FindOperator<number> =>
	Between(from ?? Number.MIN_SAFE_INTEGER, to ?? Number.MAX_SAFE_INTEGER);

/** Empty fields first, as SQLite has it; the id decides among equals, so that pages do not overlap. */
function orderOf<R>(orderBy: keyof R & string, descending: boolean): FindOptionsOrder<R> {
	const direction = descending ? 'DESC' : 'ASC';
	const order =
		orderBy === 'id'
			? { id: direction }
			: { [orderBy]: { direction, nulls: descending ? 'LAST' : 'FIRST' }, id: direction };
	return order as unknown as FindOptionsOrder<R>;
}

/** A part of the text, in any case. SQLite's LIKE folds A to Z only, and needs help with the rest. */
function contains(kind: DatabaseKind, text: string): FindOperator<unknown> {
	const isAscii = /^[\0-\x7f]*$/.test(text);
	const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
	if (kind === 'postgres') return Raw<unknown>((column) => `${column} ILIKE :pattern`, { pattern });
	if (isAscii) return Raw<unknown>((column) => `${column} LIKE :pattern ESCAPE '\\'`, { pattern });
	return Raw<unknown>((column) => `fold(${column}) LIKE :pattern ESCAPE '\\'`, {
		pattern: pattern.toLowerCase(),
	});
}
