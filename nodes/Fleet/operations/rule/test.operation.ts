import { ruleLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { attributesField, readAttributes } from '../../../../src/n8n/record-fields';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const testRule: Operation = {
	value: 'test',
	name: 'Test',
	action: 'Test rule',
	description: 'Tell whether the conditions of a rule are met; nothing fires',
	fields: [
		ruleLocator(),
		{
			displayName: 'Test Against',
			name: 'against',
			type: 'options',
			default: 'vehicle',
			options: [
				{ name: 'Attributes', value: 'attributes', description: 'Values as a vehicle might report them' },
				{ name: 'Vehicle', value: 'vehicle', description: 'What the vehicle reported last' },
			],
		},
		vehicleLocator({ displayOptions: { show: { against: ['vehicle'] } } }),
		{
			...attributesField,
			description: 'Values as a vehicle might report them',
			displayOptions: { show: { against: ['attributes'] } },
		},
	],
	async execute({ context, itemIndex, fleet, records }) {
		const rule = recordRef(context, 'rule', itemIndex);
		const trial =
			context.getNodeParameter('against', itemIndex) === 'vehicle'
				? { vehicle: recordRef(context, 'vehicle', itemIndex) }
				: { attributes: readAttributes(context.getNodeParameter('attributes', itemIndex, {})) };
		return toOutput(await records.testRule(fleet, rule, trial));
	},
};
