import { InvalidFieldError } from '../domain/errors';

/** The parameter `feed`. Throws `InvalidFieldError` when it is empty: nobody would read such a feed. */
export function feedName(given: unknown): string {
	const name = typeof given === 'string' ? given.trim() : '';
	if (name !== '') return name;
	throw new InvalidFieldError(
		'feed',
		'The feed has no name',
		'Enter one, e.g. fleet.status. An expression there may have found nothing.',
	);
}
