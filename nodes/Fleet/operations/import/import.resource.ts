import type { Resource } from '../../../../src/n8n/operation';
import { deleteImport } from './delete.operation';
import { getImportErrors } from './get-errors.operation';
import { getManyImports } from './get-many.operation';
import { getImport } from './get.operation';

export const imports: Resource = {
	value: 'import',
	name: 'Import',
	description: 'Uploaded files and what became of their rows. New ones come in by the Fleet Import node.',
	defaultOperation: 'getAll',
	operations: [deleteImport, getImport, getManyImports, getImportErrors],
};
