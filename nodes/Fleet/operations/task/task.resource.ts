import type { Resource } from '../../../../src/n8n/operation';
import { attachRuleOfTask } from './attach-rule.operation';
import { cancelTask } from './cancel.operation';
import { completeTask } from './complete.operation';
import { createTask } from './create.operation';
import { deleteTask } from './delete.operation';
import { detachRuleOfTask } from './detach-rule.operation';
import { exportTasks } from './export.operation';
import { getManyTasks } from './get-many.operation';
import { getTask } from './get.operation';
import { updateTask } from './update.operation';

export const task: Resource = {
	value: 'task',
	name: 'Task',
	description: 'What is to be done, with rules that watch until it is',
	defaultOperation: 'getAll',
	operations: [
		attachRuleOfTask,
		cancelTask,
		completeTask,
		createTask,
		deleteTask,
		detachRuleOfTask,
		exportTasks,
		getTask,
		getManyTasks,
		updateTask,
	],
};
