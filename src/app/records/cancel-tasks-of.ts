import type { Task } from '../../domain/task';
import type { StoreSession } from '../ports/store';
import { closeTask } from './move-task';

/**
 * Open tasks of a vehicle or customer that is about to be removed. Left open, they would be for nobody in
 * particular, and their rules would watch every vehicle.
 */
export async function cancelTasksOf(
	session: StoreSession,
	of: Partial<Pick<Task, 'vehicleId' | 'customerId'>>,
	at: number,
): Promise<void> {
	const open = await session.tasks.find({ where: { ...of, state: 'created' } });
	for (const task of open) await closeTask(session, task, 'canceled', at);
}
