import { StoreUnavailableError } from '../../app/errors';
import { type DriverError, driverErrorOf } from './driver-error';
import { describeStore, type PostgresOptions, type SqliteOptions, type StoreOptions } from './store-options';

type Explanation = readonly [problem: string, hint: string];

/** The error of a store that cannot be used at all, told to a person; null for any other error. */
export function explainStoreError(error: unknown, options: StoreOptions): StoreUnavailableError | null {
	if (error instanceof StoreUnavailableError) return error;
	const driverError = driverErrorOf(error);
	const code = driverError && codeOf(driverError);
	if (driverError === null || code === null) return null;
	const explanation =
		options.kind === 'sqlite' ? explainSqlite(code, options) : explainPostgres(code, options, driverError);
	return explanation && new StoreUnavailableError(explanation[0], explanation[1], { cause: error });
}

/** SQLite's primary result code, PostgreSQL's SQLSTATE, or Node's error code. */
function codeOf({ message, code, errcode }: DriverError): string | number | null {
	if (errcode !== null) return errcode & 0xff;
	if (code !== null) return code;
	if (/Connection terminated|timeout exceeded when trying to connect/.test(message)) return 'ECONNRESET';
	return message.includes('does not support SSL') ? 'NO_SSL' : null;
}

function explainSqlite(code: string | number, { path }: SqliteOptions): Explanation | null {
	const writable =
		'Choose a folder that the user running n8n may write to, and where there is a disk behind it.';
	switch (code) {
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
		case 'ENOTDIR':
		case 'ENOENT':
		case 'EEXIST':
			return [`The folder of the store file ${path} cannot be made or written to (${code})`, writable];
		case 8: // SQLITE_READONLY
		case 14: // SQLITE_CANTOPEN
			return [`The store file ${path} cannot be opened for writing`, writable];
		case 11: // SQLITE_CORRUPT
			return [
				`The store file ${path} is damaged`,
				'Stop n8n and put back a backup, or save what is readable with: sqlite3 FILE .recover',
			];
		case 26: // SQLITE_NOTADB
			return [
				`${path} is not a SQLite database`,
				'Give the path of a fleet store, or of a file that does not exist yet: it is made then.',
			];
		case 10: // SQLITE_IOERR
		case 13: // SQLITE_FULL
			return [`The store file ${path} could not be written: the disk is full or fails`, 'Free some space.'];
		case 5: // SQLITE_BUSY
		case 6: // SQLITE_LOCKED
			return [
				`The store file ${path} is locked by another program`,
				'End the program that holds it (a database browser with unsaved changes, for one).',
			];
		case 7: // SQLITE_NOMEM
			return [
				`There was no memory left for the store file ${path}`,
				'Give the machine or container more of it.',
			];
		default:
			return null;
	}
}

function explainPostgres(
	code: string | number,
	options: PostgresOptions,
	{ message }: DriverError,
): Explanation | null {
	const place = describeStore(options);
	const said = message === '' ? '' : ` (${message})`;
	switch (code) {
		case 'ECONNREFUSED':
		case 'ECONNRESET':
		case 'EPIPE':
		case 'ETIMEDOUT':
		case 'EHOSTUNREACH':
		case '08003': // the connection is gone
		case '08006':
		case '57P01': // the server is shutting down
		case '57P02': // it ended itself after a crash
		case '57P03': // the server is starting up
			return [
				`${place} does not answer${said}`,
				'Check that the server runs, and its host, port and firewall.',
			];
		case '40001': // could not be serialised
		case '40P01': // deadlock
		case '55P03': // a lock was not to be had
		case '57014': // canceled, most often by a timeout
			return [
				`${place} was too busy with others for this${said}`,
				'Try again; where it comes often, look for long transactions and timeouts in pg_stat_activity.',
			];
		case '53000':
		case '53100': // disk
		case '53200': // memory
		case '53300': // connections
		case '58030': // input or output
			return [`${place} is short of resources${said}`, 'Give the server more disk, memory or connections.'];
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return [`${place} was not found: nobody knows that host name`, 'Check the host name.'];
		case '28P01':
		case '28000':
			return [`${place} refuses the user or the password${said}`, 'Check user name and password.'];
		case '3D000':
			return [`${place}: there is no such database`, 'Create it (createdb NAME), or give the name of one.'];
		case '3F000':
		case '42501':
			return [
				`${place}: the user may not create tables there${said}`,
				'Grant the user CREATE on the schema, or name a schema of its own.',
			];
		case '42P07':
			return [
				`${place} already has other tables of the same names${said}`,
				'Give the fleet a database or a schema of its own.',
			];
		case 'NO_SSL':
			return [`${place} does not speak TLS`, 'Turn TLS off, or turn it on in the server.'];
		case 'SELF_SIGNED_CERT_IN_CHAIN':
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
		case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
			return [
				`Nobody vouches for the certificate of ${place} (${code})`,
				'Give its certificate authority, or allow unverified certificates.',
			];
		default:
			return null;
	}
}
