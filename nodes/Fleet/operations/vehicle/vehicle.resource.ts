import type { Resource } from '../../../../src/n8n/operation';
import { attachVehicle } from './attach.operation';
import { createVehicle } from './create.operation';
import { deleteVehicle } from './delete.operation';
import { detachVehicle } from './detach.operation';
import { exportVehicles } from './export.operation';
import { getVehicleCustomers } from './get-customers.operation';
import { getManyVehicles } from './get-many.operation';
import { getVehicle } from './get.operation';
import { updateVehicle } from './update.operation';
import { upsertVehicle } from './upsert.operation';

export const vehicle: Resource = {
	value: 'vehicle',
	name: 'Vehicle',
	description: 'What reports, and what rules watch',
	defaultOperation: 'getAll',
	operations: [
		attachVehicle,
		createVehicle,
		upsertVehicle,
		deleteVehicle,
		detachVehicle,
		exportVehicles,
		getVehicle,
		getVehicleCustomers,
		getManyVehicles,
		updateVehicle,
	],
};
