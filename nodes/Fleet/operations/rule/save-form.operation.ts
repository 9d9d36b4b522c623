import type { Operation } from '../../../../src/n8n/operation';
import { savePage } from '../../../../src/n8n/rule-form-page';
import { valuesField } from '../../../../src/n8n/descriptions/rule-form-page';

export const saveRuleForm: Operation = {
	value: 'saveForm',
	name: 'Save Form Page',
	action: 'Save form page of rule',
	description: 'Save the rule that a person has entered on the form page, and say it in words',
	fields: [{ ...valuesField, required: true, description: 'What was entered, as the form gives it' }],
	async execute({ context, itemIndex, fleet, records }) {
		const entered = context.getNodeParameter('values', itemIndex) as object | string;
		return await savePage({ fleet, records }, entered);
	},
};
