import { ruleLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { ruleFilter, vehicleFilter } from '../../../../src/n8n/filters';
import { getManyOperation } from '../../../../src/n8n/read-operations';

export const getManyFirings = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many firings',
		description: 'List firings, newest first',
		filters: [
			{
				displayName: 'Only Open',
				name: 'open',
				type: 'boolean',
				default: true,
				description: 'Whether to list only firings whose rule is still met',
			},
			{
				displayName: 'Only Unacknowledged',
				name: 'unacknowledged',
				type: 'boolean',
				default: true,
				description: 'Whether to list only firings that nobody has acknowledged',
			},
			ruleLocator({ required: false, description: 'Only the firings of this rule' }),
			vehicleLocator({ required: false, description: 'Only the firings for this vehicle' }),
		],
	},
	async (input, { limit, filters }) =>
		await input.records.listFirings(input.fleet, {
			where: {
				...(await ruleFilter(input, filters)),
				...(await vehicleFilter(input, filters)),
				...(filters.open ? { clearedAt: null } : {}),
				...(filters.unacknowledged ? { acknowledgedAt: null } : {}),
			},
			descending: true,
			limit,
		}),
);
