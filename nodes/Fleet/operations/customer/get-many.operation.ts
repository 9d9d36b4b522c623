import { searchFilter, searchOf } from '../../../../src/n8n/filters';
import { getManyOperation } from '../../../../src/n8n/read-operations';

export const getManyCustomers = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many customers',
		description: 'List customers, oldest first',
		filters: [searchFilter('name, email or external ID', 'e.g. logistics')],
	},
	async ({ fleet, records }, { limit, filters }) =>
		await records.listCustomers(fleet, { ...searchOf(filters), limit }),
);
