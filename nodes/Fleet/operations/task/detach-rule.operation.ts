import { ruleLocator, taskLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const detachRuleOfTask: Operation = {
	value: 'detachRule',
	name: 'Detach Rule',
	action: 'Detach rule from task',
	description: 'Stop a rule from watching the vehicles of the task',
	fields: [taskLocator(), ruleLocator()],
	async execute({ context, itemIndex, fleet, records }) {
		const task = recordRef(context, 'task', itemIndex);
		const rule = recordRef(context, 'rule', itemIndex);
		return toOutput(await records.detachRuleFromTask(fleet, task, rule));
	},
};
