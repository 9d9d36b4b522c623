export interface SqliteOptions {
	readonly kind: 'sqlite';
	/** The file; made, with its folder, when it is not there. */
	readonly path: string;
	/**
	 * For a writer of much that can do its work again: what it has committed outlives its process, but of a machine that
	 * loses its power the last transactions may be missing, each of them whole.
	 */
	readonly isRepeatable?: boolean;
}

export interface PostgresOptions {
	readonly kind: 'postgres';
	/** `postgres://user:password@host:port/database`; what is given beside it is not used then. */
	readonly url?: string;
	readonly host?: string;
	readonly port?: number;
	readonly database?: string;
	readonly user?: string;
	readonly password?: string;
	/** `{ rejectUnauthorized: false }` accepts a certificate that nobody vouches for. */
	readonly ssl?: boolean | { readonly rejectUnauthorized: boolean; readonly ca?: string };
	/** Default: the first of the user's search path, most often `public`. Made when it is not there. */
	readonly schema?: string;
	/** How long the server may be silent, in milliseconds, while a feed waits for it; default 45,000. */
	readonly answerMs?: number;
}

export type StoreOptions = SqliteOptions | PostgresOptions;

/** For messages: which store it is, without its password. */
export function describeStore(options: StoreOptions): string {
	if (options.kind === 'sqlite') return `the SQLite file ${options.path}`;
	const place = options.url === undefined ? options : urlPlace(options.url);
	return `PostgreSQL at ${place.host ?? 'localhost'}:${place.port ?? 5432}/${place.database ?? ''}`;
}

function urlPlace(url: string): { host?: string; port?: number; database?: string } {
	if (!URL.canParse(url)) return {};
	const { hostname, port, pathname } = new URL(url);
	return { host: hostname, port: port === '' ? 5432 : Number(port), database: pathname.slice(1) };
}
