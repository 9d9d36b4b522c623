import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { rangeFilters, rangeOf } from '../../../../src/n8n/filters';
import { getManyOperation } from '../../../../src/n8n/read-operations';
import { recordRef } from '../../../../src/n8n/record-ref';

export const getStatusHistory = getManyOperation(
	{
		value: 'getHistory',
		name: 'Get History',
		action: 'Get status history of vehicle',
		description: 'List what the vehicle reported, newest first, each report as it came',
		before: [vehicleLocator()],
		filters: rangeFilters('was reported'),
	},
	async (input, { limit, filters }) =>
		await input.records.listStatusHistory(input.fleet, recordRef(input.context, 'vehicle', input.itemIndex), {
			...rangeOf(input, filters),
			...(limit === undefined ? {} : { limit }),
		}),
);
