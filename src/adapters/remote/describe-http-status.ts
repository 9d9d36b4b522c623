import { FileServerError } from '../../app/errors';

const HINTS: Readonly<Record<number, string>> = {
	304: 'Fetch it without a condition: nothing was fetched from there before.',
	401: 'Give user and password, or the header that the server asks for (e.g. Authorization: Bearer ...).',
	403: 'The user or token may not read this file: give it the right, or use another one.',
	404: 'Correct the address, or put the file there.',
	407: 'The proxy wants to know who asks: correct its settings.',
	410: 'The file has been removed: give the address of another one.',
	429: 'Fetch less often.',
};

/** Says what the server answered in place of the file. `said` is the beginning of its page. */
export function describeHttpStatus(
	{ status, statusText }: Pick<Response, 'status' | 'statusText'>,
	said: string,
	{ origin, pathname }: URL,
): FileServerError {
	const isTransient = status >= 500 || status === 429 || status === 408;
	const isText = said !== '' && !/^\s*</.test(said);
	const detail = isText ? `: ${said.replace(/\s+/g, ' ').trim().slice(0, 200)}` : '';
	const hint = HINTS[status] ?? (isTransient ? 'Try again in a moment.' : 'Open the address in a browser.');
	return new FileServerError(
		`${origin}${pathname} answers ${status}${statusText ? ` ${statusText}` : ''} instead of the file${detail}`,
		hint,
		isTransient,
	);
}
