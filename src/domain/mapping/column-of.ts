import type { MappedRecord } from './import-mapping';
import type { ListPlan } from './import-plan';

/**
 * The column that fills a record's field, by the name that the record's own checks call it, e.g. `vin`,
 * `attributes.colour`, `position.latitude`; null for a field that no column fills.
 */
export function columnOf({ columns }: ListPlan, record: MappedRecord, field: string): string | null {
	const last = field.split('.').at(-1);
	const filling = columns.filter((mapping) => mapping.record === record);
	const found =
		filling.find((mapping) => mapping.field === field) ??
		filling.find((mapping) => mapping.field === `attributes.${field}` || mapping.field === last);
	return found?.column ?? null;
}
