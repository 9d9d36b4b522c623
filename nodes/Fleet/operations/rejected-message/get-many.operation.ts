import { getManyOperation } from '../../../../src/n8n/read-operations';
import { rejectedMessageFilters, rejectedMessageQuery } from './rejected-message-filters';

export const getManyRejectedMessages = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many rejected messages',
		description: 'List the messages that could not be taken, newest first, each with its reason',
		filters: rejectedMessageFilters,
	},
	async (input, { limit, filters }) =>
		await input.records.listRejectedMessages(input.fleet, {
			...rejectedMessageQuery(input, filters),
			descending: true,
			...(limit === undefined ? {} : { limit }),
		}),
);
