import type { INodeProperties } from 'n8n-workflow';
import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import { getManyOperation } from '../../../../src/n8n/read-operations';
import { recordRef } from '../../../../src/n8n/record-ref';

const range: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description: 'Only what was reported at this time or later',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description: 'Only what was reported at this time or earlier',
	},
];

export const getStatusHistory = getManyOperation(
	{
		value: 'getHistory',
		name: 'Get History',
		action: 'Get status history of vehicle',
		description: 'List what the vehicle reported, newest first, each report as it came',
		before: [vehicleLocator()],
		filters: range,
	},
	async ({ context, itemIndex, fleet, records }, { limit, filters }) => {
		const zone = context.getTimezone();
		const ref = recordRef(context, 'vehicle', itemIndex);
		const from = records.instantIn(zone, filters.from, 'from');
		const to = records.instantIn(zone, filters.to, 'to');
		return await records.listStatusHistory(fleet, ref, {
			...(from === null ? {} : { from }),
			...(to === null ? {} : { to }),
			...(limit === undefined ? {} : { limit }),
		});
	},
);
