import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidFieldError } from '../domain/errors';

type Context = Pick<IExecuteFunctions, 'getNodeParameter'>;

/**
 * What the parameters of `shapeFields` say, for the use case to check; undefined where the shape stays as it is.
 * Throws `InvalidFieldError` for a kind of shape that there is not.
 */
export function readShape(context: Context, itemIndex: number): unknown {
	const kind = context.getNodeParameter('shapeType', itemIndex) as string;
	const read = (name: string): unknown => toNumber(context.getNodeParameter(name, itemIndex, ''));
	switch (kind) {
		case 'keep':
			return undefined;
		case 'circle':
			return {
				type: 'circle',
				center: [read('longitude'), read('latitude')],
				radiusMeters: read('radiusMeters'),
			};
		case 'polygon':
			return { type: 'polygon', polygons: [[readPoints(context, itemIndex)]] };
		case 'corridor':
			return { type: 'corridor', line: readPoints(context, itemIndex), radiusMeters: read('distanceMeters') };
		case 'geojson':
			return context.getNodeParameter('geojson', itemIndex);
	}
	throw new InvalidFieldError(
		'shapeType',
		`There is no kind of shape '${kind}'`,
		'Choose one of: circle, polygon, corridor, geojson.',
	);
}

/** Texts are taken where they are numbers: an expression may have read them from a file. */
export function toNumber(value: unknown): unknown {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
	return Number.isNaN(number) ? value : number;
}

interface PointRows {
	readonly point?: readonly { readonly latitude?: unknown; readonly longitude?: unknown }[];
}

function readPoints(context: Context, itemIndex: number): unknown[] {
	const { point = [] } = context.getNodeParameter('points', itemIndex, {}) as PointRows;
	return point.map(({ latitude, longitude }) => [toNumber(longitude), toNumber(latitude)]);
}
