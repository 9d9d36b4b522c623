import { ruleLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const explainRule: Operation = {
	value: 'explain',
	name: 'Explain',
	action: 'Explain rule for vehicle',
	description: 'Tell why a rule fired for a vehicle, or how near it is, with the values that decide',
	fields: [ruleLocator(), vehicleLocator()],
	async execute({ context, itemIndex, fleet, records }) {
		const rule = recordRef(context, 'rule', itemIndex);
		const vehicle = recordRef(context, 'vehicle', itemIndex);
		return toOutput(await records.explainRule(fleet, rule, vehicle));
	},
};
