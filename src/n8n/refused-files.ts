import { FleetError, InvalidFieldError } from '../domain/errors';
import type { Import } from '../domain/import';

/** One error for the files that were refused, which names those that were taken all the same, so that only the refused ones are sent again. */
export function refusalOf(refusals: readonly unknown[], taken: readonly Import[]): unknown {
	const [first] = refusals;
	if (refusals.length === 1 && taken.length === 0) return first;
	const reasons = refusals.map((error) => (error instanceof Error ? error.message : String(error)));
	const others = taken.map(({ id, fileName }) => `'${fileName}' (import ${id})`);
	const message = others.length > 0 ? [...reasons, `Taken all the same: ${others.join(', ')}`] : reasons;
	const hint = first instanceof FleetError ? first.hint : 'Send the refused files again.';
	return new InvalidFieldError('binaryFields', message.join('. '), hint);
}
