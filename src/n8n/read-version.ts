import { InvalidFieldError } from '../domain/errors';
import type { OperationInput } from './operation';

/** The number of a rule's version from the parameter. @throws InvalidFieldError when none is chosen */
export function readVersion({ context, itemIndex }: OperationInput, name: string): number {
	const given = context.getNodeParameter(name, itemIndex, '');
	const version = Number(given);
	if (given !== '' && Number.isInteger(version)) return version;
	throw new InvalidFieldError(name, 'No version is chosen', 'Choose one from the list, or give its number.');
}
