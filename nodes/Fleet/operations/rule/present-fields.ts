import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationInput } from '../../../../src/n8n/operation';
import { wholeRule, withScopeIds } from '../../../../src/n8n/read-rule';
import { recordRef } from '../../../../src/n8n/record-ref';
import { formOf } from '../../../../src/n8n/rules/flat-fields';

/** Every field of the rule that is chosen above, filled in with what it says now. */
export const presentFields: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'What the rule says now, to be changed. A condition whose fields are all empty is left out.',
	typeOptions: {
		loadOptionsDependsOn: ['rule.value'],
		resourceMapper: {
			resourceMapperMethod: 'getRuleFields',
			mode: 'map',
			valuesLabel: 'The Rule as It Is Now',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: true,
			supportAutoMap: false,
			hideNoDataError: true,
		},
	},
};

/** The rule as `presentFields` say it, for an update of the rule that is chosen. */
export async function readPresentFields(input: OperationInput): Promise<Record<string, unknown>> {
	const { context, itemIndex, fleet, records } = input;
	const rule = await records.getRule(fleet, recordRef(context, 'rule', itemIndex));
	const values = context.getNodeParameter('fields.value', itemIndex, {}) as IDataObject | null;
	return wholeRule(await withScopeIds(formOf(values ?? {}), input), rule);
}
