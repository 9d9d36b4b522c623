import type { INodeProperties } from 'n8n-workflow';

export const valuesField: INodeProperties = {
	displayName: 'Values',
	name: 'values',
	type: 'json',
	default: '',
};

export const ruleRefField: INodeProperties = {
	displayName: 'Rule',
	name: 'ruleRef',
	type: 'string',
	default: '',
	placeholder: 'e.g. Low fuel',
	description: 'Name or ID; empty for a page on which a new rule is entered',
};
