import { resolve } from 'node:path';
import type { SqliteOptions, StoreOptions } from '../../adapters/store/store-options';
import { InvalidFieldError } from '../../domain/errors';
import { oneOf, port, readFields, readUrl, type Report, text } from './read-fields';

const EXAMPLE = 'postgres://fleet:${PGPASSWORD}@db.example.com:5432/fleet';

/**
 * A URL of PostgreSQL, the path of a SQLite file, or the parts of either.
 * @throws InvalidFieldError
 */
export function readStore(value: unknown, field: string, report: Report): StoreOptions {
	return typeof value === 'string' ? fromText(value, field) : fromParts(value, field, report);
}

function fromText(value: string, field: string): StoreOptions {
	if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(value)) return sqlite(value);
	return { kind: 'postgres', url: postgresUrl(value, field) };
}

const postgresUrl = (value: unknown, field: string): string =>
	readUrl(value, field, ['postgres', 'postgresql'], EXAMPLE).href;

function fromParts(value: unknown, field: string, report: Report): StoreOptions {
	const { kind, path, ssl, ...server } = readFields(
		value,
		field,
		{
			kind: oneOf(['sqlite', 'postgres']),
			path: text,
			url: postgresUrl,
			host: text,
			port,
			database: text,
			user: text,
			password: text,
			schema: text,
			ssl: oneOf(['disable', 'require', 'verify']),
		},
		{ report, example: '{ kind: postgres, host: db.example.com, database: fleet }' },
	);
	if (kind === 'postgres') {
		return {
			kind,
			...server,
			...(ssl === undefined ? {} : { ssl: ssl !== 'disable' && { rejectUnauthorized: ssl === 'verify' } }),
		};
	}
	if (kind === 'sqlite' && path !== undefined) return sqlite(path);
	throw kind === undefined
		? new InvalidFieldError(`${field}.kind`, `${field}.kind is missing`, 'Give sqlite or postgres.')
		: new InvalidFieldError(`${field}.path`, `${field}.path is missing`, 'Give the path of the SQLite file.');
}

const sqlite = (path: string): SqliteOptions => ({ kind: 'sqlite', path: resolve(path) });
