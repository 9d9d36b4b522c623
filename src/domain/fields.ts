import { parseAttributes } from './attributes';
import type { Attributes } from './attributes';
import { InvalidFieldError } from './errors';
import { nearestName } from './nearest-name';

export type FieldInput = Readonly<Record<string, unknown>>;
export type FieldParser<T> = (value: unknown, field: string) => T;
export type FieldParsers<F> = { readonly [K in keyof F]: FieldParser<F[K]> };

/** Names that belong to the record but are not set like a field, with how it is done instead. */
export type RefusedNames = Readonly<Record<string, string>>;

/** The store's own stamps: ignored, so that a record that was read can be written back. */
const STAMPS = new Set(['createdAt', 'updatedAt']);

interface SortedFields<F> {
	readonly fields: Partial<F>;
	readonly unknown: readonly (readonly [string, unknown])[];
}

/** `External ID`, `external_id` and `externalId` are the same name. */
function plainName(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * Parses the values whose names are known and hands back the others. Undefined values count as not given.
 * @throws InvalidFieldError
 */
export function sortFields<F>(
	input: FieldInput,
	parsers: FieldParsers<F>,
	refused: RefusedNames,
): SortedFields<F> {
	const known = new Map(Object.keys(parsers).map((name) => [plainName(name), name as keyof F & string]));
	const fields: Partial<F> = {};
	const unknown: [string, unknown][] = [];
	for (const [name, value] of Object.entries(input)) {
		if (value === undefined || STAMPS.has(name)) continue;
		const hint = Object.hasOwn(refused, name) ? refused[name] : undefined;
		if (hint !== undefined) {
			throw new InvalidFieldError(name, `${name} cannot be set as a field`, hint);
		}
		const field = known.get(plainName(name));
		if (field === undefined) {
			unknown.push([name, value]);
		} else if (Object.hasOwn(fields, field)) {
			throw new InvalidFieldError(
				field,
				`${field} is given twice`,
				`'${name}' means ${field} too: leave one out.`,
			);
		} else {
			fields[field] = parsers[field](value, field);
		}
	}
	return { fields, unknown };
}

/** Unknown names become attributes; absent when neither they nor an `attributes` object were given. */
export function withAttributes<F extends { readonly attributes: Attributes }>({
	fields,
	unknown,
}: SortedFields<F>): Partial<F> {
	if (unknown.length === 0) return fields;
	return { ...fields, attributes: { ...fields.attributes, ...parseAttributes(unknown) } };
}

/** @throws InvalidFieldError that names the first unknown name and the one it is probably meant to be. */
export function refuseUnknown(
	unknown: SortedFields<unknown>['unknown'],
	known: readonly string[],
	record: string,
): void {
	const name = unknown[0]?.[0];
	if (name === undefined) return;
	const nearest = nearestName(name, known);
	throw new InvalidFieldError(
		name,
		`A ${record} has no field '${name}'`,
		`${nearest === null ? '' : `Did you mean '${nearest}'? `}The fields are ${known.join(', ')}.`,
	);
}
