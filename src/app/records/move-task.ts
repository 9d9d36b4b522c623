import type { Task, TaskState } from '../../domain/task';
import { IllegalTaskTransitionError, moveTask } from '../../domain/task';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { appendEvent } from './append-event';
import { clearFirings } from './clear-firings';
import { findById } from './find-record';
import type { RecordRef } from './record-ref';

/** These reject with `IllegalTaskTransitionError` when the task is closed already. Its rules stop with it. */
export async function completeTask(fleet: Fleet, ref: RecordRef): Promise<Task> {
	return await close(fleet, ref, 'complete');
}

export async function cancelTask(fleet: Fleet, ref: RecordRef): Promise<Task> {
	return await close(fleet, ref, 'canceled');
}

async function close(fleet: Fleet, ref: RecordRef, to: TaskState): Promise<Task> {
	return await fleet.store.write(async (session) => {
		const task = await findById('task', session.tasks, ref);
		return await closeTask(session, task, to, fleet.clock());
	});
}

/** The transition itself, for use cases that close tasks in a transaction of theirs. */
export async function closeTask(session: StoreSession, task: Task, to: TaskState, at: number): Promise<Task> {
	const moved = await session.tasks.moveState(task.id, task.state, moveTask(task.state, to), at);
	if (moved === null) throw new IllegalTaskTransitionError(task.state, to);
	await clearFirings(session, { taskId: task.id }, at);
	await appendEvent(session, to === 'complete' ? 'taskCompleted' : 'taskCanceled', moved, at);
	return moved;
}
