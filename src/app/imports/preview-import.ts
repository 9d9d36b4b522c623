import type { AttributeValue } from '../../domain/attributes';
import type { ImportRowError } from '../../domain/import';
import type { MappedRecord } from '../../domain/mapping/import-mapping';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import type { StatusMessage } from '../../domain/status';
import type { Task } from '../../domain/task';
import { vehicleLabel } from '../../domain/vehicle';
import { feedProcessor } from '../feed/process-batch';
import type { Fleet } from '../fleet';
import type { RecordRequest, RecordSource } from '../ports/record-source';
import type { StoreSession } from '../ports/store';
import { type FieldChange, listChanges } from './change-fields';
import type { DecidedRow } from './decide-row';
import type { FileRow } from './read-records';
import { IMPORT_FEED } from './run-import';
import { type ChunkRules, type RowOutcome, type TakenChunk, takeChunk } from './take-chunk';

/** So many rows take the store for about a second: feeds wait for it. */
export const PREVIEWED_ROWS = 20_000;

export interface PreviewRow {
	readonly row: number;
	readonly list: string | null;
	readonly kind: DecidedRow['row']['kind'];
	readonly outcome: Exclude<RowOutcome['outcome'], 'refused'>;
	/** What a person calls the record. */
	readonly label: string;
	readonly changes: readonly FieldChange[];
}

export interface ImportPreview {
	readonly plan: ImportPlan | null;
	/** How many rows were looked at, and whether they are all. */
	readonly rowsRead: number;
	readonly isWholeFile: boolean;
	readonly rowsToCreate: number;
	readonly rowsToUpdate: number;
	readonly rowsUnchanged: number;
	readonly rowsToFail: number;
	/** The first rows that change something, field by field. */
	readonly rows: readonly PreviewRow[];
	/** The first errors, in the order of the file. */
	readonly errors: readonly ImportRowError[];
	/** Which rules would fire, and how often, if the file's status messages were processed now. */
	readonly firings: readonly { readonly rule: string; readonly fired: number }[];
}

/** No import has it: marks that rows leave are of this preview alone. */
const PREVIEW_ID = 0;

/** Ends the transaction without anything written. */
class RolledBack extends Error {
	constructor(readonly summary: Summary) {
		super();
	}
}

type Summary = Omit<ImportPreview, 'plan' | 'rowsRead' | 'isWholeFile'>;

/**
 * Does what the import would, in a transaction that is rolled back: so nothing is written, and nothing is judged in
 * another way. `limit` bounds the rows and the errors that are shown. Of a larger file the first 20,000 rows are looked
 * at. Throws `UnreadableFileError`.
 */
export async function previewImport(
	{ fleet, records }: { readonly fleet: Fleet; readonly records: RecordSource },
	request: Pick<RecordRequest, 'fileName' | 'blobKey' | 'sizeBytes' | 'recordType' | 'options'>,
	limit = 50,
): Promise<ImportPreview> {
	const remembered = await fleet.store.read(async ({ imports }) => await imports.mappings());
	let plan: ImportPlan | null = null;
	const chunks = records(
		{ ...request, plan: null, remembered, skipRows: 0 },
		{ onPlan: (decided) => (plan = decided), onTotal: () => undefined },
	);
	const looked: (readonly FileRow[])[] = [];
	let rowsRead = 0;
	let isWholeFile = true;
	for await (const chunk of chunks) {
		const rows = chunk.slice(0, PREVIEWED_ROWS - rowsRead);
		looked.push(rows);
		rowsRead += rows.length;
		isWholeFile = rows.length === chunk.length;
		if (!isWholeFile) break;
	}
	const taken = await takeAndRollBack(fleet, { plan, options: request.options }, looked, limit);
	return { plan, rowsRead, isWholeFile, ...taken };
}

async function takeAndRollBack(
	fleet: Fleet,
	{ plan, options }: Pick<ChunkRules, 'plan' | 'options'>,
	chunks: readonly (readonly FileRow[])[],
	limit: number,
): Promise<Summary> {
	const feed = feedProcessor(fleet, { feed: IMPORT_FEED });
	const novelty = { isLikely: true };
	const rules = { importId: PREVIEW_ID, options, plan, feed, feedName: IMPORT_FEED, novelty };
	try {
		return await fleet.store.write(async (session) => {
			const taken: TakenChunk[] = [];
			for (const chunk of chunks) taken.push(await takeChunk(session, rules, chunk, fleet.clock()));
			throw new RolledBack(await summary(session, taken, limit));
		});
	} catch (error) {
		if (error instanceof RolledBack) return error.summary;
		throw error;
	}
}

async function summary(session: StoreSession, taken: readonly TakenChunk[], limit: number): Promise<Summary> {
	const outcomes = taken.flatMap((chunk) => chunk.outcomes);
	const count = (wanted: RowOutcome['outcome']) =>
		outcomes.filter(({ outcome }) => outcome === wanted).length;
	const errors = outcomes.flatMap((one) => (one.outcome === 'refused' ? [one.error] : [])).slice(0, limit);
	const changed = outcomes
		.flatMap((one) => (one.outcome === 'created' || one.outcome === 'updated' ? [one] : []))
		.slice(0, limit);
	const customers = await customersOf(
		session,
		changed.map(({ decided }) => decided),
	);
	const rows = changed.map(({ outcome, decided }) => shown(outcome, decided, customers));
	const fired = new Map<string, number>();
	for (const { firing } of taken.flatMap((chunk) => chunk.reports.fired)) {
		if (!firing.isShadow) fired.set(firing.ruleName, (fired.get(firing.ruleName) ?? 0) + 1);
	}
	return {
		rowsToCreate: count('created'),
		rowsToUpdate: count('updated'),
		rowsUnchanged: count('unchanged'),
		rowsToFail: count('refused'),
		rows,
		errors,
		firings: [...fired].map(([rule, times]) => ({ rule, fired: times })),
	};
}

const VEHICLE_FIELDS = ['vin', 'plate', 'externalId', 'name', 'make', 'model', 'year'] as const;
const CUSTOMER_FIELDS = ['externalId', 'name', 'email', 'phone'] as const;

function shown(
	outcome: PreviewRow['outcome'],
	{ row, customer, vehicle, task, messages }: DecidedRow,
	customers: ReadonlyMap<number, string>,
): PreviewRow {
	const [message] = messages;
	const label =
		(row.kind === 'customers' && customer?.after.name) ||
		(row.kind === 'tasks' && task?.title) ||
		(vehicle ? vehicleLabel(vehicle.after) : (message?.message.vehicleKey ?? ''));
	const changes = [
		...(customer ? listChanges('customer', customer.before, customer.after, CUSTOMER_FIELDS) : []),
		...(vehicle ? listChanges('vehicle', vehicle.before, vehicle.after, VEHICLE_FIELDS) : []),
		...(vehicle ? customerChange(vehicle, customers) : []),
		...(task ? taskChanges(task) : []),
		...(message ? statusChanges(message.message) : []),
	];
	return { row: row.row, list: row.list, kind: row.kind, outcome, label, changes };
}

/** The names of the customers that the rows' vehicles had or get. */
async function customersOf(
	{ bulk }: StoreSession,
	rows: readonly DecidedRow[],
): Promise<ReadonlyMap<number, string>> {
	const ids = rows.flatMap(({ vehicle }) => [vehicle?.before?.customerId, vehicle?.after.customerId]);
	const found = await bulk.customers.byIds(ids.flatMap((id) => id ?? []));
	return new Map(found.map(({ id, name }) => [id, name]));
}

function customerChange(
	{ before, after }: NonNullable<DecidedRow['vehicle']>,
	customers: ReadonlyMap<number, string>,
): FieldChange[] {
	const nameOf = (id: number | null | undefined) => (id ? (customers.get(id) ?? null) : null);
	const [was, is] = [nameOf(before?.customerId), nameOf(after.customerId)];
	const hasChanged = before === null ? is !== null : 'customerId' in before;
	return hasChanged ? [{ record: 'vehicle', field: 'customer', before: was, after: is }] : [];
}

const added = (
	record: MappedRecord,
	entries: Readonly<Record<string, AttributeValue | null>>,
): FieldChange[] =>
	Object.entries(entries).flatMap(([field, after]) =>
		after === null ? [] : [{ record, field, before: null, after }],
	);

function taskChanges({ title, state, description, dueAt }: Task): FieldChange[] {
	const due = dueAt === null ? null : new Date(dueAt).toISOString();
	return added('task', { title, state, description, dueAt: due });
}

function statusChanges({ reportedAt, position, attributes }: StatusMessage): FieldChange[] {
	const { latitude = null, longitude = null } = position ?? {};
	return [
		...added('status', { reportedAt: new Date(reportedAt).toISOString(), latitude, longitude }),
		...Object.entries(attributes).flatMap(([name, value]) =>
			added('status', { [`attributes.${name}`]: value }),
		),
	];
}
