import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../src/n8n/operation';
import { toOutput } from '../../../../src/n8n/to-output';

const days = (
	displayName: string,
	name: string,
	byDefault: number,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: byDefault,
	description,
});

export const cleanUpStore: Operation = {
	value: 'cleanUp',
	name: 'Clean Up',
	action: 'Clean up store',
	description:
		'Forget old message IDs, thin old history, and remove what is old enough, in small steps that feeds go on beside. Run it once a day.',
	fields: [
		days(
			'Thin History After (Days)',
			'thinHistoryDays',
			0,
			"E.g. 90. Of each hour of a vehicle that is older, it keeps the first and the last report, and those with each number's lowest and highest value; the others are gone for good. 0 leaves the history as it is.",
		),
		days(
			'Forget Message IDs After (Days)',
			'inboxDays',
			30,
			'How long a message is known that was taken before: longer than any sender or transport can take to send it once more. 0 never forgets.',
		),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				days(
					'Delete Done Actions After (Days)',
					'doneActionDays',
					365,
					'Only those of firings that have cleared; 0 keeps them',
				),
				days(
					'Delete History After (Days)',
					'historyDays',
					730,
					"Reports of before are gone for good, a vehicle's current status stays; 0 keeps them",
				),
				days('Delete Log Entries After (Days)', 'logDays', 365, '0 keeps them'),
				days(
					'Delete Rejected Messages After (Days)',
					'rejectedMessageDays',
					90,
					'They cannot be replayed any more; 0 keeps them',
				),
				{
					displayName: 'Stop After (Minutes)',
					name: 'maxMinutes',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 60,
					description: 'What is left then is done by the next run',
				},
			],
		},
	],
	async execute({ context, itemIndex, fleet, records }) {
		const pruned = await records.pruneFleet(fleet, {
			thinHistoryDays: context.getNodeParameter('thinHistoryDays', itemIndex, 0) as number,
			inboxDays: context.getNodeParameter('inboxDays', itemIndex, 30) as number,
			...context.getNodeParameter('options', itemIndex, {}),
		});
		return toOutput(pruned);
	},
};
