import { getManyOperation } from '../../../../src/n8n/read-operations';
import { rejectedMessageFilters, rejectedMessageQuery } from './rejected-message-filters';

export const replayManyRejectedMessages = getManyOperation(
	{
		value: 'replayMany',
		name: 'Replay Many',
		action: 'Replay many rejected messages',
		description:
			'Take all that the filters find in the order in which they came, e.g. after the missing vehicle was added',
		filters: rejectedMessageFilters,
	},
	async (input, { limit, filters }) =>
		await input.records.replayRejectedMessages(input.fleet, {
			...rejectedMessageQuery(input, filters),
			...(limit === undefined ? {} : { limit }),
		}),
);
