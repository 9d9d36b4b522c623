import type { IDataObject } from 'n8n-workflow';

/** Names that hold a point in time: `createdAt`, `reportedAt`, ...; a log entry's or event's `at`, a trial's `until`. */
const TIME_FIELD = /(^at|^until|At)$/;

/** Attributes are the operator's own names: a number in `soldAt` may be anything, so they are left as they are. */
const OPEN_FIELDS = new Set(['attributes', 'evidence', 'pattern']);

/**
 * A record as n8n's items carry it: times as ISO 8601 texts in UTC, at any depth, all else unchanged.
 */
export function toOutput(record: object): IDataObject {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, convert(name, value)]));
}

function convert(name: string, value: unknown): IDataObject[string] {
	if (typeof value === 'number' && TIME_FIELD.test(name)) return new Date(value).toISOString();
	if (OPEN_FIELDS.has(name)) return value as IDataObject;
	if (Array.isArray(value)) return value.map((element) => convert('', element));
	if (typeof value === 'object' && value !== null) return toOutput(value);
	return value as IDataObject[string];
}
