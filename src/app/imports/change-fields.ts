import type { Attributes, AttributeValue } from '../../domain/attributes';
import type { MappedRecord, WriteMode } from '../../domain/mapping/import-mapping';
import type { ImportPlan } from '../../domain/mapping/import-plan';

/** One field that a row changes, as it was and as it becomes. */
export interface FieldChange {
	readonly record: MappedRecord;
	/** Of an attribute `attributes.NAME`. */
	readonly field: string;
	readonly before: AttributeValue | null;
	readonly after: AttributeValue | null;
}

/** Of a field of a record that is there; `attributes.NAME` for an attribute. */
export type WriteModes = (field: string) => WriteMode;

const OVERWRITE: WriteModes = () => 'overwrite';

/** What the plan says of the fields of one kind of record in one list. */
export function writeModes(plan: ImportPlan | null, list: string | null, record: MappedRecord): WriteModes {
	const columns = plan?.lists.find((one) => one.list === list)?.columns ?? [];
	const modes = new Map(
		columns.flatMap(({ record: of, field, write }) => (of === record && write ? [[field, write]] : [])),
	);
	return modes.size === 0 ? OVERWRITE : (field) => modes.get(field) ?? 'overwrite';
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

function mayWrite(mode: WriteMode, before: unknown): boolean {
	return mode === 'overwrite' || (mode === 'fillEmpty' && isEmpty(before));
}

interface Fields {
	readonly attributes: Attributes;
}

/**
 * What `fields` change about `record`: the record as it becomes, and its changed fields as they were. Fields that are
 * undefined say nothing; attributes are merged. Null when all is so already.
 */
export function changeFields<R extends Fields>(
	record: R,
	fields: Partial<R>,
	modes: WriteModes,
): { readonly after: R; readonly before: Partial<R> } | null {
	const after: R = { ...record };
	const before: Partial<R> = {};
	let hasChanged = false;
	for (const name of Object.keys(fields) as (keyof R & string)[]) {
		const value = fields[name];
		if (value === undefined || name === 'attributes' || value === record[name]) continue;
		if (!mayWrite(modes(name), record[name])) continue;
		after[name] = value;
		before[name] = record[name];
		hasChanged = true;
	}
	const attributes = mergeAttributes(record.attributes, fields.attributes, modes);
	if (attributes !== null) {
		(after as { attributes: Attributes }).attributes = attributes;
		(before as { attributes: Attributes }).attributes = record.attributes;
	}
	return hasChanged || attributes !== null ? { after, before } : null;
}

function mergeAttributes(
	known: Attributes,
	given: Attributes | undefined,
	modes: WriteModes,
): Attributes | null {
	const changed = Object.entries(given ?? {}).filter(([name, value]) => {
		const own = Object.hasOwn(known, name) ? known[name] : undefined;
		return own !== value && mayWrite(modes(`attributes.${name}`), own);
	});
	// Spread, unlike assignment, makes a property of any name.
	return changed.length === 0 ? null : { ...known, ...Object.fromEntries(changed) };
}

/** The fields in which two versions of a record differ, attributes one by one; `before` null: all that it has. */
export function listChanges<R extends Fields>(
	record: MappedRecord,
	before: Partial<R> | null,
	after: R,
	names: readonly (keyof R & string)[],
): FieldChange[] {
	const changes: FieldChange[] = [];
	const note = (field: string, was: unknown, is: unknown) => {
		if (was === is || (isEmpty(was) && isEmpty(is))) return;
		const [from, to] = [was ?? null, is ?? null] as (AttributeValue | null)[];
		changes.push({ record, field, before: from ?? null, after: to ?? null });
	};
	for (const name of names) {
		if (before === null || name in before) note(name, before?.[name], after[name]);
	}
	if (before === null || 'attributes' in before) {
		const known: Attributes = before?.attributes ?? {};
		for (const [name, value] of Object.entries(after.attributes)) {
			note(`attributes.${name}`, Object.hasOwn(known, name) ? known[name] : undefined, value);
		}
	}
	return changes;
}
