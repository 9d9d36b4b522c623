import { firingLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { firingFilter, searchFilter, searchOf, vehicleFilter } from '../../../../src/n8n/filters';
import { getManyOperation } from '../../../../src/n8n/read-operations';
import type { LogLevel } from '../../../../src/domain/log';
import { levelField } from './log-fields';

export const getManyLogs = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many log entries',
		description: 'List log entries, newest first',
		filters: [
			firingLocator({ required: false, description: 'Only the entries about this firing' }),
			levelField,
			searchFilter('message', 'e.g. fuel'),
			vehicleLocator({ required: false, description: 'Only the entries about this vehicle' }),
		],
	},
	async (input, { limit, filters }) =>
		await input.records.listLogs(input.fleet, {
			...searchOf(filters),
			where: {
				...(await firingFilter(input, filters)),
				...(await vehicleFilter(input, filters)),
				...(filters.level ? { level: filters.level as LogLevel } : {}),
			},
			descending: true,
			limit,
		}),
);
