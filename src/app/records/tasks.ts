import { InvalidFieldError } from '../../domain/errors';
import { recordId } from '../../domain/field-parsers';
import type { FieldInput } from '../../domain/fields';
import { parseTaskFields } from '../../domain/task';
import type { Task, TaskFields } from '../../domain/task';
import { RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import type { RecordQuery } from '../ports/store-records';
import { appendEvent } from './append-event';
import { isEmpty, realChanges } from './change-record';
import { clearFirings } from './clear-firings';
import { findById, findCustomer, findVehicle } from './find-record';
import type { RecordRef } from './record-ref';
import { attachRules } from './task-rules';

/** Records that a task is for, as the caller names them; they stand over `vehicleId` and `customerId`. */
export interface TaskLinks {
	/** Null takes the task off its vehicle (or customer); left out, it stays as it is. */
	readonly vehicle?: RecordRef | null;
	readonly customer?: RecordRef | null;
}

/**
 * `input` has the task's fields and, if wished, `ruleIds`: rules with the scope `tasks` that watch the task's
 * vehicles from now on. Rejects with `InvalidFieldError`, `RecordNotFoundError` or `RuleScopeError`; then there is
 * no task either.
 */
export async function createTask(fleet: Fleet, input: FieldInput, links: TaskLinks = {}): Promise<Task> {
	const { ruleIds, ...fields } = input;
	const parsed = parseTaskFields(fields);
	const rules = parseRuleIds(ruleIds);
	return await fleet.store.write(async (session) => {
		const { title, ...others } = await linked(session, parsed, links);
		if (title === undefined) {
			throw new InvalidFieldError('title', 'The task has no title', 'Say in a few words what is to be done.');
		}
		const none = { description: null, vehicleId: null, customerId: null, dueAt: null };
		const at = fleet.clock();
		const created = await session.tasks.create({ ...none, ...others, title }, at);
		const task = await attachRules(session, created, rules, at);
		await appendEvent(session, 'taskCreated', task, at);
		return task;
	});
}

export async function updateTask(
	fleet: Fleet,
	ref: RecordRef,
	input: FieldInput,
	links: TaskLinks = {},
): Promise<Task> {
	const parsed = parseTaskFields(input);
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		const task = await findById('task', session.tasks, ref);
		const changes = realChanges<TaskFields>(task, await linked(session, parsed, links));
		if (isEmpty(changes)) return task;
		const updated = await session.tasks.update(task.id, changes, at);
		if (updated === null) throw new RecordNotFoundError('task', task.id);
		await appendEvent(session, 'taskUpdated', updated, at);
		return updated;
	});
}

export async function getTask(fleet: Fleet, ref: RecordRef): Promise<Task> {
	return await fleet.store.read(async (session) => await findById('task', session.tasks, ref));
}

export async function listTasks(fleet: Fleet, query: RecordQuery<Task> = {}): Promise<Task[]> {
	return await fleet.store.read(async ({ tasks }) => await tasks.find(query));
}

export async function removeTask(fleet: Fleet, ref: RecordRef): Promise<Task> {
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		const task = await findById('task', session.tasks, ref);
		await clearFirings(session, { taskId: task.id }, at);
		await session.tasks.remove(task.id);
		await appendEvent(session, 'taskDeleted', task, at);
		return task;
	});
}

async function linked(
	session: StoreSession,
	fields: Partial<TaskFields>,
	{ vehicle, customer }: TaskLinks,
): Promise<Partial<TaskFields>> {
	const vehicleRef = vehicle === undefined ? refOf(fields.vehicleId) : vehicle;
	const customerRef = customer === undefined ? refOf(fields.customerId) : customer;
	return {
		...fields,
		...(vehicleRef !== undefined && {
			vehicleId: vehicleRef && (await findVehicle(session, vehicleRef)).id,
		}),
		...(customerRef !== undefined && {
			customerId: customerRef && (await findCustomer(session, customerRef)).id,
		}),
	};
}

function refOf(id: number | null | undefined): RecordRef | null | undefined {
	return typeof id === 'number' ? { id } : id;
}

function parseRuleIds(value: unknown): readonly number[] {
	if (value === undefined || value === null || value === '') return [];
	const list: readonly unknown[] = Array.isArray(value) ? value : [value];
	return list.flatMap((entry, index) => recordId(entry, `ruleIds.${index}`) ?? []);
}
