import type { Resource } from '../../../../src/n8n/operation';
import { deleteImport } from './delete.operation';
import { exportImports } from './export.operation';
import { getImportErrors } from './get-errors.operation';
import { getKeptRecords } from './get-kept.operation';
import { getManyImports } from './get-many.operation';
import { getImport } from './get.operation';

export const imports: Resource = {
	value: 'import',
	name: 'Import',
	description:
		'Uploaded files and what became of their rows. They come in, run and are undone by the Fleet Import node.',
	defaultOperation: 'getAll',
	operations: [deleteImport, exportImports, getImport, getManyImports, getKeptRecords, getImportErrors],
};
