import type { ImportState } from '../../../../src/domain/import';
import { searchFilter, searchOf } from '../../../../src/n8n/filters';
import { withProgress } from '../../../../src/n8n/imports/import-output';
import { getManyOperation } from '../../../../src/n8n/read-operations';

export const getManyImports = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many imports',
		description: 'List imports, newest first',
		filters: [
			searchFilter('file name', 'e.g. vehicles.csv'),
			{
				displayName: 'State',
				name: 'state',
				type: 'options',
				default: 'done',
				options: [
					{ name: 'Being Undone', value: 'undoing' },
					{ name: 'Canceled', value: 'canceled' },
					{ name: 'Done', value: 'done' },
					{ name: 'Failed', value: 'failed' },
					{ name: 'Pending', value: 'pending' },
					{ name: 'Running', value: 'running' },
					{ name: 'Undone', value: 'undone' },
				],
			},
		],
	},
	async ({ fleet, records }, { limit, filters }) =>
		(
			await records.listImports(fleet, {
				...searchOf(filters),
				where: filters.state ? { state: filters.state as ImportState } : {},
				descending: true,
				limit,
			})
		).map(withProgress),
);
