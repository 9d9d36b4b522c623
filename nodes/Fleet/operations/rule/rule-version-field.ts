import type { INodeProperties } from 'n8n-workflow';

/** Lists the versions of the rule that is chosen above. */
export const versionField = (
	overrides: Pick<INodeProperties, 'displayName' | 'name'> & Partial<INodeProperties>,
): INodeProperties => ({
	type: 'options',
	default: '',
	description:
		'Choose from the list, or specify a number using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	typeOptions: { loadOptionsMethod: 'getRuleVersions', loadOptionsDependsOn: ['rule.value'] },
	...overrides,
});
