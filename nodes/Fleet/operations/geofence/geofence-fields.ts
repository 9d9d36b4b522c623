import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Depot Berlin',
	description: 'Rules know the geofence by this name; no two geofences have the same',
};

export const detailFields: INodeProperties[] = [
	{
		displayName: 'Hysteresis (Meters)',
		name: 'hysteresisMeters',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10000 },
		default: 20,
		description:
			'A vehicle that was inside has left only when it is farther out than this, so that inexact positions do not count as coming and going',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. depot, fuel',
		description: 'Separated by commas. A rule can watch all geofences with a tag.',
	},
];

const KINDS: INodePropertyOptions[] = [
	{ name: 'Circle', value: 'circle', description: 'Around a point' },
	{ name: 'Corridor', value: 'corridor', description: 'Along a line, such as a road' },
	{ name: 'GeoJSON', value: 'geojson', description: 'As a map program or another system gives it' },
	{ name: 'Polygon', value: 'polygon', description: 'Between its corners' },
];

const coordinate = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description: 'Degrees (WGS 84), as in GPS and online maps',
});

export const latitudeField = coordinate('Latitude', 'latitude', 'e.g. 52.52');
export const longitudeField = coordinate('Longitude', 'longitude', 'e.g. 13.405');

const ofKind = (...shapeType: string[]) => ({ displayOptions: { show: { shapeType } } });

const shapeOf: INodeProperties[] = [
	{ ...latitudeField, required: true, ...ofKind('circle') },
	{ ...longitudeField, required: true, ...ofKind('circle') },
	{
		displayName: 'Radius (Meters)',
		name: 'radiusMeters',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 200,
		...ofKind('circle'),
	},
	{
		displayName: 'Points',
		name: 'points',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Point' },
		placeholder: 'Add Point',
		default: {},
		description: 'In order: around the area for a polygon, along the line for a corridor',
		options: [{ displayName: 'Point', name: 'point', values: [latitudeField, longitudeField] }],
		...ofKind('polygon', 'corridor'),
	},
	{
		displayName: 'Distance From Line (Meters)',
		name: 'distanceMeters',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 50,
		description: 'How far to each side of the line the corridor reaches',
		...ofKind('corridor'),
	},
	{
		displayName: 'GeoJSON',
		name: 'geojson',
		type: 'json',
		default: '{\n  "type": "Polygon",\n  "coordinates": []\n}',
		description:
			'A Polygon or MultiPolygon, with holes too; a Point with <code>radius</code>, or a LineString with <code>radius</code> or <code>width</code>, in metres; or a Feature with one of these',
		...ofKind('geojson'),
	},
];

const shapeType: INodeProperties = {
	displayName: 'Shape',
	name: 'shapeType',
	type: 'options',
	default: 'circle',
	options: KINDS,
};

export const shapeFields: INodeProperties[] = [shapeType, ...shapeOf];

/** For a geofence that has a shape. */
export const otherShapeFields: INodeProperties[] = [
	{
		...shapeType,
		default: 'keep',
		options: [...KINDS, { name: 'Keep as It Is', value: 'keep' }].sort((a, b) =>
			a.name.localeCompare(b.name),
		),
	},
	...shapeOf,
];
