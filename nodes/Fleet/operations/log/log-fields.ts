import type { INodeProperties } from 'n8n-workflow';

export const levelField: INodeProperties = {
	displayName: 'Level',
	name: 'level',
	type: 'options',
	default: 'info',
	options: [
		{ name: 'Error', value: 'error' },
		{ name: 'Info', value: 'info' },
		{ name: 'Warning', value: 'warning' },
	],
};
