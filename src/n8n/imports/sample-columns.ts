import type {
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { IMPORT_RECORD_TYPES, type Import, type ImportRecordType } from '../../domain/import';
import type { ColumnMapping, MappedRecord } from '../../domain/mapping/import-mapping';
import type { ImportPlan } from '../../domain/mapping/import-plan';
import { loadRuntime, type Runtime } from '../load-runtime';
import { toNodeError } from '../node-error';
import { parseRef } from '../record-ref';
import { fieldLabel, fieldsFor } from './import-fields';
import { previewStored } from './preview-file';

const MAIN: Readonly<Record<ImportRecordType, MappedRecord>> = {
	...{ auto: 'vehicle', vehicles: 'vehicle', customers: 'customer', statuses: 'status', tasks: 'task' },
};

/** The columns that fill something in a file, as its own plan has them. */
type SampleColumn = Pick<ColumnMapping, 'column' | 'record' | 'field'>;

/**
 * The fields that a column can fill. With a sample, its columns are offered for each, and those that were recognised
 * are chosen; what none fills can be added. Without one, columns are entered by their names.
 */
export function mapperFields(
	recordType: ImportRecordType,
	sample: readonly SampleColumn[] | null,
): ResourceMapperField[] {
	const fields = fieldsFor(recordType).map(({ id, record, label }) => ({ id, record, label }));
	const known = new Set(fields.map(({ id }) => id));
	const offered = new Set(fields.map(({ record }) => record));
	const columnOf = new Map<string, string>();
	for (const { record, field, column } of sample ?? []) {
		const id = `${record}.${field}`;
		if (!offered.has(record) || columnOf.has(id)) continue;
		columnOf.set(id, column);
		if (known.has(id)) continue;
		fields.push({ id, record, label: fieldLabel(record, field) });
		known.add(id);
	}
	const columns = [...new Set((sample ?? []).map(({ column }) => column))];
	const options = columns.map((name) => ({ name, value: name }));
	return fields.map(({ id, record, label }) => {
		const column = columnOf.get(id);
		return {
			id,
			displayName: label,
			defaultMatch: false,
			canBeUsedToMatch: false,
			required: false,
			display: true,
			removed: sample ? column === undefined : record !== MAIN[recordType],
			...(sample ? { type: 'options' as const, options } : { type: 'string' as const }),
			...(column === undefined ? {} : { defaultValue: column }),
		};
	});
}

async function getImportFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	try {
		const given = this.getCurrentNodeParameter('recordType');
		const recordType = IMPORT_RECORD_TYPES.find((type) => type === given) ?? 'auto';
		const runtime = await loadRuntime();
		const sample = await sampleOf(this, runtime, recordType);
		const plan = sample && (await planOf(this, runtime, sample, recordType));
		const lists = (plan?.lists ?? []).filter(({ kind }) => recordType === 'auto' || kind === recordType);
		const columns = lists.flatMap((list) => list.columns);
		return { fields: mapperFields(recordType, columns.length > 0 ? columns : null) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** The import that is chosen, else the newest of such records. */
async function sampleOf(
	context: ILoadOptionsFunctions,
	runtime: Runtime,
	recordType: ImportRecordType,
): Promise<Import | null> {
	const fleet = await runtime.openFleet(context);
	const ref = parseRef('sample', context.getCurrentNodeParameter('sample'));
	if (ref) return await runtime.records.getImport(fleet, ref);
	const newest = await runtime.records.listImports(fleet, { descending: true, limit: 20 });
	const isSuch = ({ recordType: own, plan }: Import) =>
		recordType === 'auto' || own === recordType || plan?.lists.some(({ kind }) => kind === recordType);
	return newest.find(isSuch) ?? null;
}

async function planOf(
	context: ILoadOptionsFunctions,
	runtime: Runtime,
	sample: Import,
	recordType: ImportRecordType,
): Promise<ImportPlan | null> {
	// A plan that leaves columns out does not tell their names.
	if (sample.plan && sample.plan.others !== 'ignore') return sample.plan;
	const options = { ...sample.options, mapping: null };
	return (await previewStored({ context, runtime }, { ...sample, recordType, options }, 1)).plan;
}

/** The fields that are mapped as the parameters stand. */
async function getMappedFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { schema = [] } = (this.getCurrentNodeParameter('columns') ?? {}) as {
		schema?: ResourceMapperField[];
	};
	return schema
		.filter(({ removed }) => removed !== true)
		.map(({ id, displayName }) => ({ name: displayName, value: id }));
}

export const importResourceMapping = { getImportFields };
export const importLoadOptions = { getMappedFields };
