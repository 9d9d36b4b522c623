import { LeaseLostError } from '../../../app/errors';
import type { ImportProgress, ImportRepository } from '../../../app/ports/store';
import type { Import, ImportFields, ImportRowError } from '../../../domain/import';
import { importEntity } from '../entities';
import { numberOf, textOf, textOrNull } from '../read-row';
import { InsertStatement } from '../rows';
import type { StoreContext } from '../store-context';
import { insertRow, removeRow } from './entity-repository';
import { EntityReader } from './record-reader';

const ADD_ERRORS = new InsertStatement('import_row_error', [
	'importId',
	'row',
	'list',
	'column',
	'value',
	'message',
]);

export class StoredImports extends EntityReader<Import> implements ImportRepository {
	constructor(context: StoreContext) {
		super(context, importEntity, ['fileName', 'uploadedBy']);
	}

	async create(fields: ImportFields, at: number): Promise<Import> {
		const nothing = { rowsDone: 0, rowsCreated: 0, rowsUpdated: 0, rowsFailed: 0 };
		const row = { ...fields, ...nothing, state: 'pending', createdAt: at };
		return await this.existing(await insertRow(this.context, importEntity, row));
	}

	async claim(lease: { token: string; now: number; leaseMs: number; id?: number }): Promise<Import | null> {
		const { token, now, leaseMs, id } = lease;
		const [claimed] = await this.context.query(
			`UPDATE import SET state = 'running', "startedAt" = COALESCE("startedAt", ?), "leaseToken" = ?, "leaseUntil" = ?
			WHERE id = (
				SELECT id FROM import WHERE (state = 'pending' OR (state = 'running' AND "leaseUntil" <= ?))
				${id === undefined ? '' : 'AND id = ?'} ORDER BY id LIMIT 1
			) RETURNING id`,
			[now, token, now + leaseMs, now, ...(id === undefined ? [] : [id])],
		);
		return claimed ? await this.existing(numberOf(claimed, 'id')) : null;
	}

	async saveProgress(
		id: number,
		{ token, now, leaseMs }: { token: string; now: number; leaseMs: number },
		progress: ImportProgress,
	): Promise<void> {
		const saved = await this.context.query(
			`UPDATE import SET "rowsDone" = ?, "rowsCreated" = ?, "rowsUpdated" = ?, "rowsFailed" = ?, "leaseUntil" = ?
			WHERE id = ? AND "leaseToken" = ? RETURNING id`,
			[
				progress.rowsDone,
				progress.rowsCreated,
				progress.rowsUpdated,
				progress.rowsFailed,
				now + leaseMs,
				id,
				token,
			],
		);
		if (saved.length === 0) throw new LeaseLostError(`Import ${id}`);
	}

	async finish(
		id: number,
		token: string,
		{ state, error, at }: { state: 'done' | 'failed'; error: string | null; at: number },
	): Promise<Import> {
		const ended = await this.context.query(
			`UPDATE import SET state = ?, error = ?, "endedAt" = ?, "leaseToken" = NULL, "leaseUntil" = NULL
			WHERE id = ? AND "leaseToken" = ? RETURNING id`,
			[state, error, at, id, token],
		);
		if (ended.length === 0) throw new LeaseLostError(`Import ${id}`);
		return await this.existing(id);
	}

	async addErrors(id: number, errors: readonly ImportRowError[]): Promise<void> {
		await ADD_ERRORS.run(
			this.context.query,
			errors.map(({ row, list, column, value, message }) => [id, row, list, column, value, message]),
		);
	}

	async errors(id: number, { limit, offset }: { limit: number; offset: number }): Promise<ImportRowError[]> {
		const rows = await this.context.query(
			'SELECT * FROM import_row_error WHERE "importId" = ? ORDER BY "row", id LIMIT ? OFFSET ?',
			[id, limit, offset],
		);
		return rows.map((row) => ({
			row: numberOf(row, 'row'),
			list: textOrNull(row, 'list'),
			column: textOrNull(row, 'column'),
			value: textOrNull(row, 'value'),
			message: textOf(row, 'message'),
		}));
	}

	async remove(id: number): Promise<boolean> {
		return await removeRow(this.context, 'import', id);
	}
}
