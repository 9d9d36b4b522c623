import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const badRowsOption: INodeProperties = {
	displayName: 'Bad Rows',
	name: 'badRows',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 1000,
	description: 'How many bad rows to output at most',
};

export const waitSecondsOption: INodeProperties = {
	displayName: 'Wait at Most (Seconds)',
	name: 'waitSeconds',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 60,
	description:
		'After that, the output is the import as it then stands; it goes on. Without it, there is no limit.',
};

export const waitField = (show: NonNullable<IDisplayOptions['show']>): INodeProperties => ({
	displayName: 'Wait for the End',
	name: 'waitForEnd',
	type: 'boolean',
	default: false,
	description:
		'Whether to go on only when it has ended, and to do it here where nobody does it already. It runs in threads: n8n stays free.',
	displayOptions: { show },
});

export const optionsField = (
	show: NonNullable<IDisplayOptions['show']>,
	options: INodeProperties[],
): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options,
	displayOptions: { show },
});

export interface WaitOptions {
	readonly badRows?: number;
	readonly waitSeconds?: number;
}

/** How long to wait: 0 for not at all. */
export function waitMsOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ waitSeconds }: WaitOptions,
): number {
	if (!context.getNodeParameter('waitForEnd', itemIndex, false)) return 0;
	return waitSeconds === undefined ? Infinity : waitSeconds * 1000;
}
