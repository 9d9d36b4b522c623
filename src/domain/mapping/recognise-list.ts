import type { ColumnProfile } from './column-profile';
import { customerFieldOf, FIELD_OF } from './field-names';
import type { ImportList } from './list-names';
import { isFullOfTimes, isFullOfVins } from './recognise-values';

/** Fields that tell a kind of record; the first kind with most of them wins. */
const TELLING: readonly (readonly [ImportList, ReadonlySet<string>])[] = [
	['vehicles', new Set(['vin', 'plate', 'make', 'model', 'year'])],
	['tasks', new Set(['title', 'dueAt'])],
	['customers', new Set(['email', 'phone', 'name'])],
];
const MASTER_DATA = new Set(['make', 'model', 'year']);

/** What the rows of a table are, told from its columns and their values; null when they do not say. */
export function guessList(
	columns: readonly string[],
	profiles?: ReadonlyMap<string, ColumnProfile>,
): ImportList | null {
	const fieldsOf = (list: ImportList) => new Set(columns.map((column) => FIELD_OF[list](column)));
	const holds = (test: (profile: ColumnProfile) => boolean) =>
		columns.some((column) => {
			const profile = profiles?.get(column);
			return profile !== undefined && test(profile);
		});
	const hasVins = holds(isFullOfVins);
	const status = fieldsOf('statuses');
	const vehicle = fieldsOf('vehicles');
	const hasPosition = status.has('latitude') && status.has('longitude');
	const hasTime = status.has('reportedAt') || (hasPosition && holds(isFullOfTimes));
	if (hasTime && (status.has('vehicle') || hasVins)) {
		const masterData = [...vehicle].filter((field) => field !== undefined && MASTER_DATA.has(field)).length;
		const hasCustomer = columns.some((column) => customerFieldOf(column) !== undefined);
		const isMaster = masterData + Number(hasCustomer) >= 2 && !holds(repeatsVehicles);
		return isMaster ? 'vehicles' : 'statuses';
	}
	let best: { list: ImportList | null; count: number } = { list: null, count: 0 };
	for (const [list, telling] of TELLING) {
		const fields = [...fieldsOf(list)].filter((field) => field !== undefined && telling.has(field));
		const isTold = list === 'vehicles' && hasVins && !fields.includes('vin');
		const count = fields.length + (isTold ? 1 : 0);
		if (count > best.count) best = { list, count };
	}
	const hasKey = vehicle.has('vin') || vehicle.has('plate');
	const hasCustomerName = columns.some((column) => customerFieldOf(column) === 'name');
	return best.list === 'customers' && hasKey && hasCustomerName ? 'vehicles' : best.list;
}

/** A vehicle that reports stands in many rows. */
const repeatsVehicles = (profile: ColumnProfile): boolean =>
	(isFullOfVins(profile) || profile.plates === profile.texts) && profile.texts > profile.distinct.size;
