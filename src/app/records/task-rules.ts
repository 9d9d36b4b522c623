import type { Rule } from '../../domain/rules/rule';
import type { Task } from '../../domain/task';
import { ClosedTaskError, RecordNotFoundError, RuleScopeError } from '../errors';
import type { Fleet } from '../fleet';
import type { StoreSession } from '../ports/store';
import { appendEvent } from './append-event';
import { awakenRule } from './awaken-rule';
import { clearFirings } from './clear-firings';
import { findById, findRule } from './find-record';
import type { RecordRef } from './record-ref';

/** Rejects with `RuleScopeError` for a rule whose scope is not `tasks`, and `ClosedTaskError` for a closed task. */
export async function attachRuleToTask(fleet: Fleet, taskRef: RecordRef, ruleRef: RecordRef): Promise<Task> {
	return await fleet.store.write(async (session) => {
		const task = await findById('task', session.tasks, taskRef);
		const rule = await findRule(session, ruleRef);
		if (task.state !== 'created') throw new ClosedTaskError(task.id, task.state);
		if (task.ruleIds.includes(rule.id)) return task;
		const at = fleet.clock();
		const changed = await attachRules(session, task, [rule.id], at);
		await appendEvent(session, 'taskUpdated', changed, at);
		return changed;
	});
}

/** The rule no longer watches the task's vehicles; no change when it did not. */
export async function detachRuleFromTask(
	fleet: Fleet,
	taskRef: RecordRef,
	ruleRef: RecordRef,
): Promise<Task> {
	return await fleet.store.write(async (session) => {
		const at = fleet.clock();
		const task = await findById('task', session.tasks, taskRef);
		const rule = await findRule(session, ruleRef);
		if (!task.ruleIds.includes(rule.id)) return task;
		await session.tasks.detachRule(task.id, rule.id);
		await clearFirings(session, { taskId: task.id, ruleId: rule.id }, at);
		const changed = await findById('task', session.tasks, { id: task.id });
		await appendEvent(session, 'taskUpdated', changed, at);
		return changed;
	});
}

/** The attaching itself, for a transaction of the caller's. */
export async function attachRules(
	session: StoreSession,
	task: Task,
	ruleIds: readonly number[],
	at: number,
): Promise<Task> {
	if (ruleIds.length === 0) return task;
	for (const ruleId of ruleIds) {
		const rule = await findRule(session, { id: ruleId });
		checkScope(rule);
		await session.tasks.attachRule(task.id, ruleId);
		await awakenRule(session, rule, at);
	}
	const changed = await session.tasks.get(task.id);
	if (changed === null) throw new RecordNotFoundError('task', task.id);
	return changed;
}

function checkScope(rule: Rule): void {
	if (rule.scope.vehicles !== 'tasks') throw new RuleScopeError(rule.name, rule.scope.vehicles);
}
