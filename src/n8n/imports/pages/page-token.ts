import { hash, timingSafeEqual } from 'node:crypto';
import { InvalidFieldError } from '../../../domain/errors';
import type { Import } from '../../../domain/import';

/**
 * What only a page of this import shows: the browser sends its user's login with the forms of any other site, too. The
 * key of the uploaded file is random and shown nowhere.
 */
export const pageToken = ({ id, blobKey }: Pick<Import, 'id' | 'blobKey'>): string =>
	hash('sha256', `import page ${id} ${blobKey}`).slice(0, 32);

/** Throws `InvalidFieldError` for any other text than the import's own token. */
export function checkPageToken(entry: Import, given: unknown): void {
	const expected = Buffer.from(pageToken(entry));
	const sent = Buffer.from(typeof given === 'string' ? given : '');
	if (sent.length === expected.length && timingSafeEqual(sent, expected)) return;
	throw new InvalidFieldError(
		'token',
		'The page that this was sent from is not of this import',
		"Open the import's page again and press the button there.",
	);
}
