import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { rangeFilters, rangeOf, searchFilter, searchOf } from '../../../../src/n8n/filters';
import type { OperationInput } from '../../../../src/n8n/operation';

export const rejectedMessageFilters: INodeProperties[] = [
	{
		displayName: 'Feed',
		name: 'feed',
		type: 'string',
		default: '',
		placeholder: 'e.g. fleet.status',
		description: 'Only the messages of this feed',
	},
	...rangeFilters('was received'),
	searchFilter('reason, the payload or the message ID', 'e.g. M-AB 123'),
];

export function rejectedMessageQuery(input: OperationInput, filters: IDataObject) {
	const feed = typeof filters.feed === 'string' ? filters.feed.trim() : '';
	return {
		...searchOf(filters),
		where: feed === '' ? {} : { feed },
		range: { field: 'receivedAt', ...rangeOf(input, filters) },
	} as const;
}
