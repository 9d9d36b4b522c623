import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationInput } from './operation';
import { parseRef } from './record-ref';

/** The filter that every record has. `what` lists the names that it looks into. */
export const searchFilter = (what: string, placeholder: string): INodeProperties => ({
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	placeholder,
	description: `Part of the ${what}, in upper or lower case`,
});

/** For a query: what "Search" has, if anything. */
export function searchOf({ search }: IDataObject): { search?: string } {
	return typeof search === 'string' && search.trim() !== '' ? { search: search.trim() } : {};
}

/** For a list of geofences: what "Tag" has, if anything. */
export function tagOf({ tag }: IDataObject): { tag?: string } {
	const given = typeof tag === 'object' && tag !== null && 'value' in tag ? tag.value : tag;
	return typeof given === 'string' && given.trim() !== '' ? { tag: given.trim() } : {};
}

/** Two filters for a point in time. `what` happened then, e.g. `was reported`. */
export const rangeFilters = (what: string): INodeProperties[] => [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description: `Only what ${what} at this time or later`,
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description: `Only what ${what} at this time or earlier`,
	},
];

/** What "From" and "To" have, in milliseconds; a time without a zone is meant in the workflow's. */
export function rangeOf(
	{ context, records }: OperationInput,
	filters: IDataObject,
): { from?: number; to?: number } {
	const zone = context.getTimezone();
	const from = records.instantIn(zone, filters.from, 'from');
	const to = records.instantIn(zone, filters.to, 'to');
	return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

/** The others make the locators among the filters parts of a query's `where`, each by the record's id. */
export async function vehicleFilter(
	{ fleet, records }: OperationInput,
	filters: IDataObject,
): Promise<{ vehicleId?: number }> {
	const ref = parseRef('vehicle', filters.vehicle);
	return ref ? { vehicleId: (await records.getVehicle(fleet, ref)).id } : {};
}

export async function customerFilter(
	{ fleet, records }: OperationInput,
	filters: IDataObject,
): Promise<{ customerId?: number }> {
	const ref = parseRef('customer', filters.customer);
	return ref ? { customerId: (await records.getCustomer(fleet, ref)).id } : {};
}

export async function ruleFilter(
	{ fleet, records }: OperationInput,
	filters: IDataObject,
): Promise<{ ruleId?: number }> {
	const ref = parseRef('rule', filters.rule);
	return ref ? { ruleId: (await records.getRule(fleet, ref)).id } : {};
}

export async function firingFilter(
	{ fleet, records }: OperationInput,
	filters: IDataObject,
): Promise<{ firingId?: number }> {
	const ref = parseRef('firing', filters.firing);
	return ref ? { firingId: (await records.getFiring(fleet, ref)).id } : {};
}
