import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Fleet } from '../app/fleet';
import { loadRuntime, type Runtime } from './load-runtime';
import { toNodeError } from './node-error';

type Search = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;
type Results = INodeListSearchResult['results'];

/** Rules know geofences by their names, so the values are names, not ids. */
function searchNames(find: (fleet: Fleet, records: Runtime['records']) => Promise<Results>): Search {
	return async function (filter = '') {
		try {
			const { openFleet, records } = await loadRuntime();
			const found = await find(await openFleet(this), records);
			const wanted = filter.trim().toLowerCase();
			return { results: found.filter(({ name }) => name.toLowerCase().includes(wanted)) };
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

export const searchGeofences = searchNames(async (fleet, records) => {
	const geofences = await records.listGeofences(fleet, { orderBy: 'name' });
	return geofences.map(({ name }) => ({ name, value: name }));
});

export const searchGeofenceTags = searchNames(async (fleet, records) => {
	const tags = await records.listGeofenceTags(fleet);
	return tags.map(({ tag, geofences }) => ({
		name: `${tag} (${geofences === 1 ? '1 geofence' : `${geofences} geofences`})`,
		value: tag,
	}));
});
