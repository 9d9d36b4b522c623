import { RecordNotFoundError } from '../../../app/errors';
import type { TaskRepository } from '../../../app/ports/store';
import type { RecordQuery } from '../../../app/ports/store-records';
import type { Task, TaskFields, TaskState } from '../../../domain/task';
import { type TaskRow, taskEntity } from '../entities';
import { numberOf } from '../read-row';
import { NumberingInsert, queryLists } from '../rows';
import type { StoreContext } from '../store-context';
import { insertRow, removeRow, updateRow } from './entity-repository';
import { EntityReader } from './record-reader';
import { bumpRulesRevision } from './rules-revision';

const CREATED_COLUMNS = [
	'title',
	'description',
	'state',
	'vehicleId',
	'customerId',
	'dueAt',
	'firingId',
	'createdAt',
	'updatedAt',
] as const;
const CREATE = new NumberingInsert('task', CREATED_COLUMNS);

export class StoredTasks implements TaskRepository {
	readonly #rows: EntityReader<TaskRow>;

	constructor(private readonly context: StoreContext) {
		this.#rows = new EntityReader(context, taskEntity, ['title', 'description']);
	}

	async get(id: number): Promise<Task | null> {
		const row = await this.#rows.get(id);
		return row && ((await this.#withRules([row]))[0] ?? null);
	}

	async getMany(ids: readonly number[]): Promise<Map<number, Task>> {
		const tasks = await this.#withRules([...(await this.#rows.getMany(ids)).values()]);
		return new Map(tasks.map((task) => [task.id, task]));
	}

	async find(query: RecordQuery<Task> = {}): Promise<Task[]> {
		return await this.#withRules(await this.#rows.find(query as RecordQuery<TaskRow>));
	}

	async count(query: Pick<RecordQuery<Task>, 'where' | 'search'> = {}): Promise<number> {
		return await this.#rows.count(query);
	}

	async create(fields: TaskFields, at: number, firingId: number | null = null): Promise<Task> {
		const state: TaskState = 'created';
		const row = { ...fields, state, firingId, createdAt: at, updatedAt: at, closedAt: null };
		return await this.#existing(await insertRow(this.context, taskEntity, row));
	}

	async createMany(
		fields: readonly (TaskFields & { readonly firingId: number })[],
		at: number,
	): Promise<Task[]> {
		const rows = fields.map((one): Omit<TaskRow, 'id'> => ({
			...one,
			...{ state: 'created', createdAt: at, updatedAt: at, closedAt: null },
		}));
		const ids = await CREATE.run(
			this.context,
			rows.map((row) => CREATED_COLUMNS.map((column) => row[column])),
		);
		return rows.map((row, index) => ({ id: ids[index] ?? Number.NaN, ...row, ruleIds: [] }));
	}

	async update(id: number, changes: Partial<TaskFields>, at: number): Promise<Task | null> {
		if ((await this.#rows.get(id)) === null) return null;
		await updateRow(this.context, taskEntity, id, { ...changes, updatedAt: at });
		if (changes.vehicleId !== undefined || changes.customerId !== undefined) {
			await bumpRulesRevision(this.context.query, 'taskWatches');
		}
		return await this.get(id);
	}

	async remove(id: number): Promise<boolean> {
		const removed = await removeRow(this.context, 'task', id);
		if (removed) await bumpRulesRevision(this.context.query, 'taskWatches');
		return removed;
	}

	async moveState(id: number, from: TaskState, to: TaskState, at: number): Promise<Task | null> {
		const moved = await this.context.query(
			'UPDATE task SET state = ?, "closedAt" = ?, "updatedAt" = ? WHERE id = ? AND state = ? RETURNING id',
			[to, to === 'created' ? null : at, at, id, from],
		);
		if (moved.length === 0) return null;
		// Rules create and complete tasks all the time: those that no rule watches through leave the rules alone.
		const task = await this.#existing(id);
		if (task.ruleIds.length > 0) await bumpRulesRevision(this.context.query, 'taskWatches');
		return task;
	}

	async attachRule(taskId: number, ruleId: number): Promise<void> {
		const { query } = this.context;
		const [rule] = await query('SELECT id FROM rule WHERE id = ?', [ruleId]);
		if (!rule) throw new RecordNotFoundError('rule', ruleId);
		await this.#existing(taskId);
		const added = await query(
			'INSERT INTO task_rule ("taskId", "ruleId") VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING "taskId"',
			[taskId, ruleId],
		);
		if (added.length > 0) await bumpRulesRevision(query, 'taskWatches');
	}

	async detachRule(taskId: number, ruleId: number): Promise<void> {
		const { query } = this.context;
		const removed = await query(
			'DELETE FROM task_rule WHERE "taskId" = ? AND "ruleId" = ? RETURNING "taskId"',
			[taskId, ruleId],
		);
		if (removed.length > 0) await bumpRulesRevision(query, 'taskWatches');
	}

	async #existing(id: number): Promise<Task> {
		const task = await this.get(id);
		if (task === null) throw new RecordNotFoundError('task', id);
		return task;
	}

	async #withRules(rows: readonly TaskRow[]): Promise<Task[]> {
		const links = await queryLists(
			this.context.query,
			rows.map(({ id }) => id),
			(list) => `SELECT * FROM task_rule WHERE "taskId" IN (${list}) ORDER BY "taskId", "ruleId"`,
		);
		const rulesByTask = new Map<number, number[]>(rows.map(({ id }) => [id, []]));
		for (const link of links) rulesByTask.get(numberOf(link, 'taskId'))?.push(numberOf(link, 'ruleId'));
		return rows.map((row) => ({ ...row, ruleIds: rulesByTask.get(row.id) ?? [] }));
	}
}
