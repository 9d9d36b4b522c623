import type { ActionContent } from '../../domain/action';
import type { LogFields, LogLevel } from '../../domain/log';
import type { Severity } from '../../domain/rules/rule';
import type { Task } from '../../domain/task';
import type { NewAction, StoreSession } from '../ports/store';
import { renderActions } from './render-actions';
import type { OpenedFiring } from './save-firings';

export interface StoredActions {
	readonly tasks: readonly Task[];
	/** How many actions of a firing, by its id, still wait to be performed. */
	readonly pending: ReadonlyMap<number, number>;
}

const LOG_LEVEL: Readonly<Record<Severity, LogLevel>> = {
	info: 'info',
	warning: 'warning',
	critical: 'error',
};

/**
 * What a firing does to the store it does here, in the transaction that decided it; what leaves the house is
 * written down as pending.
 */
export async function storeActions(
	session: Pick<StoreSession, 'tasks' | 'logs' | 'actions'>,
	opened: readonly OpenedFiring[],
	now: number,
): Promise<StoredActions> {
	const planned = opened.flatMap((fired) =>
		renderActions(fired).map((content, position) => ({ fired, content, position })),
	);
	if (planned.length === 0) return { tasks: [], pending: new Map() };

	const logs = planned.flatMap(({ fired, content }) => logEntry(fired, content, now) ?? []);
	const logIds = logs.length === 0 ? [] : await session.logs.append(logs);
	const tasks: Task[] = [];
	const actions: NewAction[] = [];
	const pending = new Map<number, number>();
	let logsDone = 0;
	for (const { fired, content, position } of planned) {
		const { firing, draft } = fired;
		const key = { firingId: firing.id, position, content };
		if (content.type === 'sendEmail') {
			actions.push({ ...key, state: 'pending', result: null });
			pending.set(firing.id, (pending.get(firing.id) ?? 0) + 1);
		} else if (content.type === 'storeLog') {
			actions.push({ ...key, state: 'done', result: String(logIds[logsDone++]) });
		} else {
			const { id: vehicleId, customerId } = draft.vehicle;
			const { title, description } = content;
			const fields = { title, description, vehicleId, customerId, dueAt: null };
			const task = await session.tasks.create(fields, now, firing.id);
			tasks.push(task);
			actions.push({ ...key, state: 'done', result: String(task.id) });
		}
	}
	await session.actions.add(actions, now);
	return { tasks, pending };
}

function logEntry({ firing, draft }: OpenedFiring, content: ActionContent, at: number): LogFields | null {
	if (content.type !== 'storeLog') return null;
	return {
		at,
		level: LOG_LEVEL[firing.severity],
		message: content.message,
		vehicleId: draft.vehicle.id,
		firingId: firing.id,
	};
}
