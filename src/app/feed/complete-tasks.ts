import type { StoreSession } from '../ports/store';
import { closeTask } from '../records/move-task';
import type { Occasion } from './save-firings';

/**
 * Completes the tasks that firings which have cleared created with `completeOnClear`, as far as they are still open.
 * After the rules' states are saved: a completed task ends what its own rules have open, for any vehicle; whether one
 * had such rules.
 */
export async function completeTasks(
	session: StoreSession,
	occasions: readonly Occasion[],
	now: number,
): Promise<boolean> {
	let hasEndedRules = false;
	for (const { kind, rule, firing } of occasions) {
		if (kind !== 'cleared' || !rule?.actions.some(doesComplete)) continue;
		const actions = await session.actions.find({ where: { firingId: firing.id } });
		const taskIds = actions.flatMap(({ content, result }) =>
			content.type === 'createTask' && content.completeOnClear === true ? Number(result) : [],
		);
		for (const task of (await session.tasks.getMany(taskIds)).values()) {
			if (task.state !== 'created') continue;
			if (task.ruleIds.length > 0) {
				session.feedLocks.takeStore();
				hasEndedRules = true;
			}
			await closeTask(session, task, 'complete', now);
		}
	}
	return hasEndedRules;
}

function doesComplete(spec: { readonly type: string; readonly completeOnClear?: boolean }): boolean {
	return spec.type === 'createTask' && spec.completeOnClear === true;
}
