import { DEFAULT_IMPORT_OPTIONS, type ImportFields } from '../../src/domain/import';

export const importFields: ImportFields = {
	fileName: 'vehicles.csv',
	blobKey: 'k',
	sha256: 'ab',
	sizeBytes: 5e9,
	recordType: 'auto',
	uploadedBy: null,
	origin: null,
	etag: null,
	idempotencyKey: null,
	options: DEFAULT_IMPORT_OPTIONS,
};
