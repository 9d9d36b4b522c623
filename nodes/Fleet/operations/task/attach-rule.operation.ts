import { ruleLocator, taskLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const attachRuleOfTask: Operation = {
	value: 'attachRule',
	name: 'Attach Rule',
	action: 'Attach rule to task',
	description:
		'Let a rule watch the vehicles of the task until it is closed; the rule must watch "Vehicles of Open Tasks"',
	fields: [taskLocator(), ruleLocator()],
	async execute({ context, itemIndex, fleet, records }) {
		const task = recordRef(context, 'task', itemIndex);
		const rule = recordRef(context, 'rule', itemIndex);
		return toOutput(await records.attachRuleToTask(fleet, task, rule));
	},
};
