import { customerLocator } from '../../../../src/n8n/descriptions/locators';
import { customerFilter, searchFilter, searchOf } from '../../../../src/n8n/filters';
import { getManyOperation } from '../../../../src/n8n/read-operations';

export const getManyVehicles = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many vehicles',
		description: 'List vehicles, oldest first',
		filters: [
			customerLocator({ required: false, description: 'Only the vehicles of this customer' }),
			searchFilter('name, VIN, plate or external ID', 'e.g. B FL'),
		],
	},
	async (input, { limit, filters }) =>
		await input.records.listVehicles(input.fleet, {
			...searchOf(filters),
			where: { ...(await customerFilter(input, filters)) },
			limit,
		}),
);
