import type { INodeProperties } from 'n8n-workflow';
import type { OperationInput } from '../../../../src/n8n/operation';
import { readVersion } from '../../../../src/n8n/read-version';
import { presentFields, readPresentFields } from './present-fields';
import { versionField } from './rule-version-field';

const SAVED = { name: 'As It Is Saved', value: 'saved' };
const OTHERS = [
	{ name: 'An Earlier Version', value: 'version' },
	{
		name: 'With Changes',
		value: 'changes',
		description: 'Shows what the rule says now, to be changed; nothing is saved',
	},
];

/** Which form of the rule is tried. `withSaved`: the saved one is among them, and chosen first. */
export const candidateFields = ({ withSaved }: { readonly withSaved: boolean }): INodeProperties[] => [
	{
		displayName: 'Try',
		name: 'try',
		type: 'options',
		noDataExpression: true,
		default: withSaved ? SAVED.value : 'changes',
		options: withSaved ? [SAVED, ...OTHERS] : OTHERS,
		description: 'Which form of the rule',
	},
	versionField({
		displayName: 'Version Name or ID',
		name: 'version',
		displayOptions: { show: { try: ['version'] } },
	}),
	{ ...presentFields, displayOptions: { show: { try: ['changes'] } } },
];

/** What the fields of `candidateFields` say. */
export async function readCandidate(
	input: OperationInput,
): Promise<{ version?: number; changes?: Record<string, unknown> }> {
	switch (input.context.getNodeParameter('try', input.itemIndex)) {
		case 'version':
			return { version: readVersion(input, 'version') };
		case 'changes':
			return { changes: await readPresentFields(input) };
		default:
			return {};
	}
}
