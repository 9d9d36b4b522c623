import { LeaseLostError } from '../../../app/errors';
import type {
	ImportLease,
	ImportPace,
	ImportProgress,
	ImportRepository,
} from '../../../app/ports/store-imports';
import type { Import, ImportFields, ImportOptions, ImportRowError } from '../../../domain/import';
import type { ImportChange, KeptRecord } from '../../../domain/import-change';
import type { ImportMapping } from '../../../domain/mapping/import-mapping';
import type { ImportPlan } from '../../../domain/mapping/import-plan';
import type { SqlValue } from '../engine';
import { importEntity } from '../entities';
import { jsonOf, numberOf, textOf, textOrNull } from '../read-row';
import { InsertStatement } from '../rows';
import type { Row } from '../session';
import type { StoreContext } from '../store-context';
import { withoutNul } from '../without-nul';
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
const ADD_KEPT = new InsertStatement('import_kept', ['importId', 'record', 'recordId', 'label', 'reason']);
const MAPPINGS_AT_MOST = 500;
const NOTHING_DONE = {
	...{ rowsDone: 0, rowsTotal: null, rowsTotalIsExact: false, rowsCreated: 0, rowsUpdated: 0 },
	...{ rowsUnchanged: 0, rowsFailed: 0, rowsPerSecond: null, cancelRequested: false, undoLeft: 0 },
};

const toError = (row: Row): ImportRowError => ({
	row: numberOf(row, 'row'),
	list: textOrNull(row, 'list'),
	column: textOrNull(row, 'column'),
	value: textOrNull(row, 'value'),
	message: textOf(row, 'message'),
});

export class StoredImports extends EntityReader<Import> implements ImportRepository {
	constructor(context: StoreContext) {
		super(context, importEntity, ['fileName', 'uploadedBy', 'origin']);
	}

	async create(fields: ImportFields, at: number): Promise<Import> {
		const row = { ...fields, ...NOTHING_DONE, state: 'pending', createdAt: at };
		return await this.existing(await insertRow(this.context, importEntity, row));
	}

	async claim(
		{ token, now, leaseMs }: ImportLease,
		work: 'import' | 'undo',
		id?: number,
	): Promise<Import | null> {
		const [waits, runs] = work === 'import' ? ['pending', 'running'] : ['undoing', 'undoing'];
		const [claimed] = await this.context.query(
			`UPDATE import SET state = ?, "startedAt" = COALESCE("startedAt", ?), "leaseToken" = ?, "leaseUntil" = ?
			WHERE id = (
				SELECT id FROM import
				WHERE ((state = ? AND "leaseUntil" IS NULL) OR (state = ? AND "leaseUntil" <= ?))
				${id === undefined ? '' : 'AND id = ?'} ORDER BY id LIMIT 1
			) RETURNING id`,
			[runs, now, token, now + leaseMs, waits, runs, now, ...(id === undefined ? [] : [id])],
		);
		return claimed ? await this.existing(numberOf(claimed, 'id')) : null;
	}

	async savePlan(id: number, lease: ImportLease, plan: ImportPlan): Promise<void> {
		await this.#update(id, lease, { plan: JSON.stringify(plan) });
	}

	async saveProgress(
		id: number,
		lease: ImportLease,
		progress: Partial<ImportProgress & ImportPace>,
	): Promise<{ readonly cancelRequested: boolean }> {
		return await this.#update(id, lease, { ...progress });
	}

	async #update(id: number, { token, now, leaseMs }: ImportLease, changes: Record<string, SqlValue>) {
		const names = Object.keys(changes);
		const [saved] = await this.context.query(
			`UPDATE import SET ${names.map((name) => `"${name}" = ?, `).join('')}"leaseUntil" = ?
			WHERE id = ? AND "leaseToken" = ? RETURNING "cancelRequested"`,
			[...Object.values(changes).map(withoutNul), now + leaseMs, id, token],
		);
		if (!saved) throw new LeaseLostError(`Import ${id}`);
		return { cancelRequested: Boolean(saved.cancelRequested) };
	}

	async finish(
		id: number,
		token: string,
		{ state, error, at }: Parameters<ImportRepository['finish']>[2],
	): Promise<Import> {
		const ended = await this.context.query(
			`UPDATE import SET state = ?, error = ?, "endedAt" = ?, "leaseToken" = NULL, "leaseUntil" = NULL,
			"cancelRequested" = FALSE WHERE id = ? AND "leaseToken" = ? RETURNING id`,
			[state, withoutNul(error), at, id, token],
		);
		if (ended.length === 0) throw new LeaseLostError(`Import ${id}`);
		return await this.existing(id);
	}

	async cancel(id: number, at: number): Promise<Import | null> {
		const { query } = this.context;
		const waiting = await query(
			`UPDATE import SET state = 'canceled', "endedAt" = ? WHERE id = ? AND state = 'pending' RETURNING id`,
			[at, id],
		);
		const running = await query(
			`UPDATE import SET "cancelRequested" = TRUE WHERE id = ? AND state = 'running' RETURNING id`,
			[id],
		);
		return waiting.length + running.length > 0 ? await this.existing(id) : null;
	}

	async requeue(id: number, options: ImportOptions): Promise<Import> {
		const before = await this.existing(id);
		// Rows that were refused are decided anew where nothing of the file is taken: its errors would stand twice.
		const isAnew = before.state === 'undone' || before.rowsDone === 0;
		if (isAnew) {
			await this.context.query('DELETE FROM import_row_error WHERE "importId" = ?', [id]);
			// Records that are left from the last time would count as rows of this one.
			for (const table of ['vehicle', 'customer', 'task']) {
				await this.context.query(`UPDATE ${table} SET "importId" = NULL WHERE "importId" = ?`, [id]);
			}
		}
		const changes: Partial<Import> = {
			...{ state: 'pending', options, error: null, endedAt: null, cancelRequested: false },
			...(isAnew ? { ...NOTHING_DONE, plan: null, startedAt: null } : {}),
		};
		await this.context.orm((manager) => manager.getRepository(importEntity).update(id, changes as object));
		return await this.existing(id);
	}

	async requestUndo(id: number): Promise<Import> {
		await this.context.query('DELETE FROM import_kept WHERE "importId" = ?', [id]);
		await this.context.query(
			`UPDATE import SET state = 'undoing', error = NULL, "endedAt" = NULL, "undoLeft" = 0 WHERE id = ?`,
			[id],
		);
		return await this.existing(id);
	}

	async addErrors(id: number, errors: readonly ImportRowError[]): Promise<void> {
		await ADD_ERRORS.run(
			this.context.query,
			errors.map(({ row, list, column, value, message }) =>
				[id, row, list, column, value, message].map(withoutNul),
			),
		);
	}

	async errors(id: number, { limit, offset }: { limit: number; offset: number }): Promise<ImportRowError[]> {
		const rows = await this.context.query(
			'SELECT * FROM import_row_error WHERE "importId" = ? ORDER BY "row", id LIMIT ? OFFSET ?',
			[id, limit, offset],
		);
		return rows.map(toError);
	}

	async errorsFrom(
		id: number,
		from: Parameters<ImportRepository['errorsFrom']>[1],
		limit: number,
	): Promise<ImportRowError[]> {
		const isIn = from.list === null ? 'IS NULL' : '= ?';
		const rows = await this.context.query(
			`SELECT * FROM import_row_error WHERE "importId" = ? AND list ${isIn} AND "row" >= ? ORDER BY "row", id LIMIT ?`,
			[id, ...(from.list === null ? [] : [withoutNul(from.list)]), from.row, limit],
		);
		return rows.map(toError);
	}

	async addChange(id: number, rowsBefore: number, change: ImportChange): Promise<void> {
		await this.context.query(
			'INSERT INTO import_change ("importId", "rowsBefore", content) VALUES (?, ?, ?)',
			[id, rowsBefore, withoutNul(JSON.stringify(change))],
		);
	}

	async lastChange(
		id: number,
	): Promise<{ readonly rowsBefore: number; readonly change: ImportChange } | null> {
		const [row] = await this.context.query(
			'SELECT * FROM import_change WHERE "importId" = ? ORDER BY "rowsBefore" DESC LIMIT 1',
			[id],
		);
		return row
			? { rowsBefore: numberOf(row, 'rowsBefore'), change: jsonOf<ImportChange>(row, 'content') }
			: null;
	}

	async removeChange(id: number, rowsBefore: number): Promise<void> {
		await this.context.query('DELETE FROM import_change WHERE "importId" = ? AND "rowsBefore" = ?', [
			id,
			rowsBefore,
		]);
	}

	async addKept(id: number, records: readonly KeptRecord[]): Promise<void> {
		await ADD_KEPT.execute(
			this.context.execute,
			records.map(({ record, recordId, label, reason }) => [id, record, recordId, withoutNul(label), reason]),
		);
		await this.context.query('UPDATE import SET "undoLeft" = "undoLeft" + ? WHERE id = ?', [
			records.length,
			id,
		]);
	}

	async kept(id: number, { limit, offset }: { limit: number; offset: number }): Promise<KeptRecord[]> {
		const rows = await this.context.query(
			'SELECT * FROM import_kept WHERE "importId" = ? ORDER BY id LIMIT ? OFFSET ?',
			[id, limit, offset],
		);
		return rows.map((row) => ({
			record: textOf(row, 'record') as KeptRecord['record'],
			recordId: numberOf(row, 'recordId'),
			label: textOf(row, 'label'),
			reason: textOf(row, 'reason'),
		}));
	}

	async mappings(): Promise<Map<string, ImportMapping>> {
		const rows = await this.context.query(
			'SELECT shape, mapping FROM import_mapping ORDER BY "savedAt" DESC LIMIT ?',
			[MAPPINGS_AT_MOST],
		);
		return new Map(rows.map((row) => [textOf(row, 'shape'), jsonOf<ImportMapping>(row, 'mapping')]));
	}

	async rememberMapping(shape: string, mapping: ImportMapping, at: number): Promise<void> {
		await this.context.query(
			`INSERT INTO import_mapping (shape, mapping, "savedAt") VALUES (?, ?, ?)
			ON CONFLICT (shape) DO UPDATE SET mapping = excluded.mapping, "savedAt" = excluded."savedAt"`,
			[shape, withoutNul(JSON.stringify(mapping)), at],
		);
	}

	async remove(id: number): Promise<boolean> {
		return await removeRow(this.context, 'import', id);
	}
}
