import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';
import type { GeofenceImport } from '../app/records/import-geofences';
import { FleetError } from '../domain/errors';
import type { OperationInput } from './operation';

export interface GeoJsonSource {
	readonly geojson: unknown;
	readonly fileName?: string;
}

/**
 * An item for each feature. Of several files, one that is no GeoJSON is a refused item of its own and stops none of the
 * others; when it is the only one, the error is thrown.
 */
export async function importSources(
	{ context, fleet, records }: OperationInput,
	sources: readonly GeoJsonSource[],
): Promise<IDataObject[]> {
	const items: IDataObject[] = [];
	for (const { geojson, fileName } of sources) {
		const file = fileName === undefined ? {} : { fileName };
		try {
			const imported = await records.importGeofences(fleet, geojson);
			context.addExecutionHints(hintOf(imported, fileName));
			items.push(...itemsOf(imported).map((item) => ({ ...file, ...item })));
		} catch (error) {
			if (!(error instanceof FleetError) || sources.length === 1) throw error;
			items.push({ ...file, outcome: 'refused', reason: error.message, hint: error.hint });
		}
	}
	return items;
}

/** In the order of the features. */
function itemsOf({ saved, refused }: GeofenceImport): IDataObject[] {
	const good = saved.map(({ index, record: { id, name, tags }, created, changed }) => ({
		index,
		outcome: created ? 'created' : changed ? 'updated' : 'unchanged',
		id,
		name,
		tags: [...tags],
	}));
	const bad = refused.map(({ index, ...why }) => ({ index, outcome: 'refused', ...why }));
	return [...good, ...bad].sort((a, b) => a.index - b.index);
}

/** The counts, under the output, where a person sees them. */
function hintOf(imported: GeofenceImport, fileName?: string): NodeExecutionHint {
	const { created, updated, unchanged, refused } = imported;
	const counts = `${created} created, ${updated} updated, ${unchanged} unchanged, ${refused.length} refused`;
	return {
		message: fileName === undefined ? counts : `${fileName}: ${counts}`,
		location: 'outputPane',
		type: refused.length > 0 ? 'warning' : 'info',
	};
}
