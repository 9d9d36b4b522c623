import { firingLocator } from '../../../../src/n8n/descriptions/locators';
import { getOperation } from '../../../../src/n8n/read-operations';

export const getFiring = getOperation(
	'firing',
	firingLocator(),
	async ({ fleet, records }, ref) => await records.getFiring(fleet, ref),
);
