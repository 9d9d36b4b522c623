import type { INodeProperties } from 'n8n-workflow';
import { listMode } from '../../../../src/n8n/descriptions/locators';
import { searchFilter, searchOf, tagOf } from '../../../../src/n8n/filters';
import { getManyOperation } from '../../../../src/n8n/read-operations';

const tagFilter: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Only geofences that carry it',
	modes: [
		listMode('searchGeofenceTags', 'Select a tag...'),
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. depot' },
	],
};

export const getManyGeofences = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many geofences',
		description: 'List geofences, oldest first',
		filters: [searchFilter('name or tags', 'e.g. depot'), tagFilter],
	},
	async ({ fleet, records }, { limit, filters }) =>
		await records.listGeofences(fleet, { ...searchOf(filters), ...tagOf(filters), limit }),
);
