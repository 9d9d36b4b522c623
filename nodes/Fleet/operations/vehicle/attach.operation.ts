import { customerLocator, vehicleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';

export const attachVehicle: Operation = {
	value: 'attach',
	name: 'Attach to Customer',
	action: 'Attach vehicle to customer',
	description: "Make a vehicle the customer's; it is detached from the customer who has it now",
	fields: [vehicleLocator(), customerLocator()],
	async execute({ context, itemIndex, fleet, records }) {
		const vehicle = recordRef(context, 'vehicle', itemIndex);
		const customer = recordRef(context, 'customer', itemIndex);
		return toOutput(await records.attachVehicle(fleet, vehicle, customer));
	},
};
