import type { IExecuteFunctions } from 'n8n-workflow';
import { InvalidFieldError } from '../domain/errors';
import { IMPORT_RECORD_TYPES, type ImportRecordType } from '../domain/import';

/** The parameter `recordType`, which may be an expression. Throws `InvalidFieldError` for any other name. */
export function recordTypeOf(context: IExecuteFunctions, itemIndex: number): ImportRecordType {
	const given = context.getNodeParameter('recordType', itemIndex) as string;
	const known = IMPORT_RECORD_TYPES.find((type) => type === given);
	if (known !== undefined) return known;
	throw new InvalidFieldError(
		'recordType',
		`There are no records called '${given}'`,
		`Choose one of: ${IMPORT_RECORD_TYPES.join(', ')}.`,
	);
}
