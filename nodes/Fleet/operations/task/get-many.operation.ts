import type { TaskState } from '../../../../src/domain/task';
import { customerLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { customerFilter, searchFilter, searchOf, vehicleFilter } from '../../../../src/n8n/filters';
import { getManyOperation } from '../../../../src/n8n/read-operations';

export const getManyTasks = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many tasks',
		description: 'List tasks, newest first',
		filters: [
			customerLocator({ required: false, description: 'Only the tasks for this customer' }),
			searchFilter('title', 'e.g. tyres'),
			{
				displayName: 'State',
				name: 'state',
				type: 'options',
				default: 'created',
				options: [
					{ name: 'Canceled', value: 'canceled' },
					{ name: 'Complete', value: 'complete' },
					{ name: 'Created', value: 'created' },
				],
			},
			vehicleLocator({ required: false, description: 'Only the tasks for this vehicle' }),
		],
	},
	async (input, { limit, filters }) =>
		await input.records.listTasks(input.fleet, {
			...searchOf(filters),
			where: {
				...(await customerFilter(input, filters)),
				...(await vehicleFilter(input, filters)),
				...(filters.state ? { state: filters.state as TaskState } : {}),
			},
			descending: true,
			limit,
		}),
);
