import type { IExecuteFunctions } from 'n8n-workflow';
import type { RecordRef } from '../app/records/record-ref';
import { InvalidFieldError } from '../domain/errors';

type Context = Pick<IExecuteFunctions, 'getNodeParameter'>;

/** What a resource locator points at; null when nothing is chosen. Throws `InvalidFieldError` for an id that is none. */
export function optionalRef(context: Context, name: string, itemIndex: number): RecordRef | null {
	return parseRef(name, context.getNodeParameter(name, itemIndex, ''));
}

/** The same where a choice is needed: throws `InvalidFieldError` when there is none. */
export function recordRef(context: Context, name: string, itemIndex: number): RecordRef {
	return chosenRef(name, context.getNodeParameter(name, itemIndex, ''));
}

/** What `parseRef` reads, where a choice is needed. */
export function chosenRef(name: string, given: unknown): RecordRef {
	const ref = parseRef(name, given);
	if (ref) return ref;
	throw new InvalidFieldError(
		name,
		`No ${name} is chosen`,
		`Choose the ${name} from the list, or give its ID. An expression there may have found nothing.`,
	);
}

/**
 * Reads the value of a resource locator: `{ mode, value }` from the editor, or the bare value that an expression
 * or an AI agent put in the locator's place. A bare number, or text of digits only, is an id.
 */
export function parseRef(field: string, given: unknown): RecordRef | null {
	const { mode, value } = isLocator(given) ? given : { mode: null, value: given };
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text === '') return null;
	if (mode === 'key') return { key: text };
	const id = /^[0-9]+$/.test(text) ? Number(text) : 0;
	if (Number.isSafeInteger(id) && id > 0) return { id };
	if (mode === null) return { key: text };
	throw new InvalidFieldError(
		field,
		`'${text}' is not the ID of a ${field}`,
		`An ID is a whole number above 0. For any other name of the ${field} choose another way to give it.`,
	);
}

function isLocator(given: unknown): given is { mode: string; value: unknown } {
	return typeof given === 'object' && given !== null && 'mode' in given && 'value' in given;
}
