import { fileSourceFields } from '../../../../src/n8n/descriptions/file-source';
import { importSources, type GeoJsonSource } from '../../../../src/n8n/geofence-import';
import { filesOfItem, textOf } from '../../../../src/n8n/input-files';
import type { Operation, OperationInput } from '../../../../src/n8n/operation';

export const importGeofences: Operation = {
	value: 'import',
	name: 'Import GeoJSON',
	action: 'Import geofences from GeoJSON',
	description:
		'Create a geofence of each feature, or update the one with its name; an item for each tells the outcome, or why it was refused',
	fields: [
		...fileSourceFields({
			name: 'Text or Object',
			value: 'json',
			description: 'GeoJSON that is entered here or comes by an expression',
		}),
		{
			displayName: 'GeoJSON',
			name: 'geojson',
			type: 'json',
			required: true,
			default: '{\n  "type": "FeatureCollection",\n  "features": []\n}',
			description:
				'Each feature needs a property <code>name</code>, and a Point or LineString a <code>radius</code> in metres; <code>tags</code> and <code>hysteresisMeters</code> are taken, too',
			displayOptions: { show: { source: ['json'] } },
		},
	],
	async execute(input) {
		return await importSources(input, await sourcesOf(input));
	},
};

async function sourcesOf({ context, itemIndex }: OperationInput): Promise<GeoJsonSource[]> {
	if (context.getNodeParameter('source', itemIndex) === 'json') {
		return [{ geojson: context.getNodeParameter('geojson', itemIndex) }];
	}
	const sources: GeoJsonSource[] = [];
	for (const file of filesOfItem(context, itemIndex)) {
		sources.push({ geojson: await textOf(file), fileName: file.fileName });
	}
	return sources;
}
