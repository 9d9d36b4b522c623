/** What a vehicle can report under one name. Numbers are in the canonical unit of their name (km/h, km, %, degrees Celsius). */
export type AttributeValue = number | string | boolean;

export type Attributes = Readonly<Record<string, AttributeValue>>;

export function isAttributeValue(value: unknown): value is AttributeValue {
	return (
		typeof value === 'string' ||
		typeof value === 'boolean' ||
		(typeof value === 'number' && Number.isFinite(value))
	);
}
