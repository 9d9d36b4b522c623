import type { INodeProperties } from 'n8n-workflow';
import { ruleLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation, OperationInput } from '../../../../src/n8n/operation';
import { inWords } from '../../../../src/n8n/read-rule';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { candidateFields, readCandidate } from './candidate';

const optionFields: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description: 'Only what was reported at this time or later',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		description: 'Of the days that are counted; without it, that of the workflow',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description: 'Only what was reported at this time or earlier; timers ring up to then',
	},
];

export const backtestRule: Operation = {
	value: 'backtest',
	name: 'Backtest',
	action: 'Backtest rule',
	description:
		'Tell how often a rule would have fired over the stored history, when, for which vehicles and with which actions; nothing is changed or done',
	fields: [
		ruleLocator(),
		...candidateFields({ withSaved: true }),
		{
			displayName: 'Vehicles',
			name: 'vehicles',
			type: 'options',
			noDataExpression: true,
			default: 'all',
			options: [
				{ name: 'All That the Rule Watches', value: 'all' },
				{ name: 'One Vehicle', value: 'vehicle' },
			],
		},
		vehicleLocator({ displayOptions: { show: { vehicles: ['vehicle'] } } }),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: optionFields,
		},
	],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		const rule = recordRef(context, 'rule', itemIndex);
		const candidate = await readCandidate(input);
		const options = readOptions(input);
		const result = await inWords(
			candidate.changes ?? {},
			async (changes) =>
				await records.backtestRule(fleet, rule, candidate.changes ? { changes } : candidate, options),
		);
		const { from, to } = result;
		const span = { from: from > 0 ? isoTime(from) : null, to: isoTime(to) };
		return toOutput({ ...result, ...span });
	},
};

const isoTime = (at: number) => new Date(at).toISOString();

function readOptions({ context, itemIndex, records }: OperationInput) {
	const options = context.getNodeParameter('options', itemIndex, {}) as Record<string, string | undefined>;
	const zone = context.getTimezone();
	const from = records.instantIn(zone, options.from, 'from');
	const to = records.instantIn(zone, options.to, 'to');
	const isOne = context.getNodeParameter('vehicles', itemIndex) === 'vehicle';
	return {
		timeZone: options.timeZone?.trim() || zone,
		...(from === null ? {} : { from }),
		...(to === null ? {} : { to }),
		...(isOne ? { vehicle: recordRef(context, 'vehicle', itemIndex) } : {}),
	};
}
