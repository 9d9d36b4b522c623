import {
	CUSTOMER_NAMES,
	CUSTOMER_PART_WORDS,
	DATE_ATTRIBUTES,
	FIRST_STATUS_NAMES,
	REPORTED_ATTRIBUTES,
	spellingsOf,
	STATUS_NAMES,
	TASK_NAMES,
	VEHICLE_NAMES,
} from './column-names';
import type { ImportList } from './list-names';
import { normaliseName } from './normalise-name';

/** The field that a column's name means; undefined when it means none. */
export type NameLookup = (column: string) => string | undefined;

/** An attribute by the product's own name for it, exactly as its exports write it. */
export const isOwnAttribute = (column: string): boolean => column.startsWith('attributes.');

/** `Odometer (mi)` is looked up as `Odometer`, too. */
const BRACKETS = /\s?[([{][^()[\]{}]{0,100}[)\]}]\s?$/;

function lookup(spellings: Iterable<readonly [spelling: string, field: string]>): NameLookup {
	const fields = new Map<string, string>();
	for (const [spelling, field] of spellings) {
		const name = normaliseName(spelling);
		// The first field of a table that has a spelling keeps it.
		if (!fields.has(name)) fields.set(name, field);
	}
	return (column) =>
		fields.get(normaliseName(column)) ?? fields.get(normaliseName(column.replace(BRACKETS, '')));
}

const pairsOf = (names: Readonly<Record<string, string>>) =>
	Object.entries(names).flatMap(([field, spellings]) =>
		[field, ...spellingsOf(spellings)].map((spelling) => [spelling, field] as const),
	);

const customerPart = Object.entries(CUSTOMER_PART_WORDS.fields).flatMap(([field, names]) =>
	CUSTOMER_PART_WORDS.owners.flatMap((owner) =>
		names.flatMap((name) => [
			[owner + name, field] as const,
			...CUSTOMER_PART_WORDS.connectors.map((connector) => [name + connector + owner, field] as const),
		]),
	),
);

/** By what the rows of a list count as: the fields of that record. */
export const FIELD_OF: Readonly<Record<ImportList, NameLookup>> = {
	customers: lookup(pairsOf(CUSTOMER_NAMES)),
	vehicles: lookup(pairsOf(VEHICLE_NAMES)),
	tasks: lookup(pairsOf(TASK_NAMES)),
	statuses: lookup(pairsOf(STATUS_NAMES)),
};

/** In a list of vehicles: a field of the customer that a vehicle belongs to. */
export const customerFieldOf: NameLookup = lookup(customerPart);
/** A column that names a customer by its id, and not by what may be a name as well. */
export const isCustomerId: NameLookup = lookup(
	spellingsOf(CUSTOMER_NAMES.externalId).map((spelling) => [spelling, 'externalId'] as const),
);
/** In a list of vehicles: a field of the report that the row tells, beside the vehicle. */
export const firstStatusFieldOf: NameLookup = lookup(pairsOf(FIRST_STATUS_NAMES));
export const reportedAttributeOf: NameLookup = lookup(pairsOf(REPORTED_ATTRIBUTES));
export const dateAttributeOf: NameLookup = lookup(pairsOf(DATE_ATTRIBUTES));
