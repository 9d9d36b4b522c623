import { InvalidFieldError } from '../errors';

/** @throws InvalidFieldError when the text is no JSON. */
export function parseJsonText(text: string, field: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new InvalidFieldError(
			field,
			`${field} is no JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`,
			'Give GeoJSON, e.g. { "type": "Polygon", "coordinates": [...] }. Shapefiles and KML have to be converted first.',
		);
	}
}
