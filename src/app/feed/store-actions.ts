import type { ActionContent } from '../../domain/action';
import type { LogFields, LogLevel } from '../../domain/log';
import type { Severity } from '../../domain/rules/rule';
import { endOfSchedule } from '../../domain/rules/schedule';
import type { Task, TaskFields } from '../../domain/task';
import type { StoreSession } from '../ports/store';
import type { NewAction } from '../ports/store-rules';
import { renderActions, type RenderedAction } from './render-actions';
import type { Occasion } from './save-firings';

export interface StoredOccasion extends Occasion {
	readonly tasks: readonly Task[];
	/** How many of its actions still wait to be performed. */
	readonly pending: number;
}

const LOG_LEVEL: Readonly<Record<Severity, LogLevel>> = {
	info: 'info',
	warning: 'warning',
	critical: 'error',
};

/**
 * What rules do to the store they do here, in the transaction that decided it; what leaves the house is written down
 * as pending.
 */
export async function storeActions(
	session: Pick<StoreSession, 'tasks' | 'logs' | 'actions'>,
	occasions: readonly Occasion[],
	now: number,
): Promise<StoredOccasion[]> {
	const planned = occasions.map((occasion) => ({ occasion, rendered: renderActions(occasion) }));
	const logs = planned.flatMap(({ occasion, rendered }) =>
		rendered.flatMap(({ content }) => logEntry(occasion, content, now) ?? []),
	);
	const logIds = logs.length === 0 ? [] : await session.logs.append(logs);
	const drafts = planned.flatMap(({ occasion, rendered }) =>
		rendered.flatMap(({ content }) => taskFields(occasion, content) ?? []),
	);
	const newTasks = drafts.length === 0 ? [] : await session.tasks.createMany(drafts, now);
	const actions: NewAction[] = [];
	const stored: StoredOccasion[] = [];
	let logsDone = 0;
	let tasksDone = 0;
	const waiting = await waitingEmails(session, planned);
	for (const { occasion, rendered } of planned) {
		const tasks: Task[] = [];
		let pending = 0;
		for (const { position, content } of rendered) {
			const key = { firingId: occasion.firing.id, position, occurredAt: occasion.at, content };
			if (content.type === 'sendEmail') {
				const email = emailKey(key);
				if (occasion.kind === 'reminded' && waiting.has(email)) continue;
				waiting.add(email);
				pending++;
				actions.push({ ...key, dueAt: mailDueAt(occasion, now), state: 'pending', result: null });
			} else if (content.type === 'storeLog') {
				actions.push({ ...key, state: 'done', result: String(logIds[logsDone++]) });
			} else {
				const task = newTasks[tasksDone++];
				if (task === undefined) throw new Error('The store created fewer tasks than it was given');
				tasks.push(task);
				actions.push({ ...key, state: 'done', result: String(task.id) });
			}
		}
		stored.push({ ...occasion, tasks, pending });
	}
	if (actions.length > 0) await session.actions.add(actions, now);
	return stored;
}

interface PlannedActions {
	readonly occasion: Occasion;
	readonly rendered: readonly RenderedAction[];
}

/**
 * Emails of firings that are to be reminded of and that still wait: for the quiet hours to end, for a mail server, or
 * because this process was away. A reminder adds nothing to them, and a person would get them all at once.
 */
async function waitingEmails(
	{ actions }: Pick<StoreSession, 'actions'>,
	planned: readonly PlannedActions[],
): Promise<Set<string>> {
	const reminded = planned.filter(
		({ occasion, rendered }) =>
			occasion.kind === 'reminded' && rendered.some(({ content }) => content.type === 'sendEmail'),
	);
	const waiting = new Set<string>();
	for (const firingId of new Set(reminded.map(({ occasion }) => occasion.firing.id))) {
		for (const action of await actions.find({ where: { firingId, state: 'pending' } })) {
			waiting.add(emailKey(action));
		}
	}
	return waiting;
}

const emailKey = ({ firingId, position }: { readonly firingId: number; readonly position: number }): string =>
	`${firingId} ${position}`;

function taskFields(
	{ firing, vehicle }: Occasion,
	content: ActionContent,
): (TaskFields & { readonly firingId: number }) | null {
	if (content.type !== 'createTask') return null;
	const { title, description } = content;
	const { id: vehicleId, customerId } = vehicle;
	return { title, description, vehicleId, customerId, dueAt: null, firingId: firing.id };
}

function logEntry(
	{ firing, vehicle, severity }: Occasion,
	content: ActionContent,
	at: number,
): LogFields | null {
	if (content.type !== 'storeLog') return null;
	return {
		at,
		level: LOG_LEVEL[severity],
		message: content.message,
		vehicleId: vehicle.id,
		firingId: firing.id,
	};
}

/** People are left alone while the clock on their wall is in the quiet hours, whenever it happened. */
function mailDueAt({ rule, vehicle, customer }: Occasion, now: number): number {
	const quietHours = rule?.fire.quietHours;
	if (quietHours === undefined) return now;
	const zone = vehicle.attributes.timeZone ?? customer?.attributes.timeZone;
	const end = endOfSchedule(quietHours, now, typeof zone === 'string' ? zone : null);
	return Number.isFinite(end) ? end : now;
}
