import { vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const getVehicleCustomers: Operation = {
	value: 'getCustomers',
	name: 'Get Customer History',
	action: 'Get customer history of vehicle',
	description: 'List whose the vehicle was and is, oldest first',
	fields: [vehicleLocator()],
	async execute({ context, itemIndex, fleet, records }) {
		const ref = recordRef(context, 'vehicle', itemIndex);
		return (await records.listAttachments(fleet, ref)).map(toOutput);
	},
};
