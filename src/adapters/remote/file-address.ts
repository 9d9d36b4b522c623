import { InvalidFieldError } from '../../domain/errors';

export interface FileAddress {
	/** Without user and password. */
	readonly url: URL;
	/** Of the user and password that stood in it. */
	readonly authorization: { readonly authorization?: string };
	/** For people and records: secrets are starred out. */
	readonly origin: string;
}

const SECRET = /token|key|sig|secret|pass|pwd|auth|credential|session|code/i;

/** Throws `InvalidFieldError` when it is no address of HTTP(S). */
export function parseAddress(text: string): FileAddress {
	const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new InvalidFieldError(
			'url',
			`'${withoutUser(text)}' is no address that a file can be fetched from`,
			'Give it whole, e.g. https://example.com/fleet/vehicles.csv',
		);
	}
	const { username, password } = url;
	url.username = '';
	url.password = '';
	url.hash = '';
	const shown = new URL(url);
	for (const name of new Set(shown.searchParams.keys())) {
		if (SECRET.test(name)) shown.searchParams.set(name, '***');
	}
	const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return {
		url,
		authorization: user === ':' ? {} : { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
		origin: shown.href,
	};
}

const withoutUser = (text: string) => text.replace(/\/\/[^/@]*@/, '//');
