/** What a database driver threw, from under TypeORM's wrapping. */
export interface DriverError {
	readonly message: string;
	/** PostgreSQL's SQLSTATE, or Node's code. */
	readonly code: string | null;
	/** SQLite's extended result code. */
	readonly errcode: number | null;
	/** PostgreSQL's second sentence. */
	readonly detail: string;
}

/** Told by shape: errors of native modules belong to another realm inside a `vm`, where `instanceof` denies them. */
export function driverErrorOf(error: unknown): DriverError | null {
	if (typeof error !== 'object' || error === null) return null;
	if ('driverError' in error && error.driverError !== error) return driverErrorOf(error.driverError);
	// Node tries each address of a host name.
	if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
		return driverErrorOf(error.errors[0]);
	}
	return {
		message: 'message' in error ? String(error.message) : '',
		code: 'code' in error && typeof error.code === 'string' ? error.code : null,
		errcode: 'errcode' in error ? Number(error.errcode) : null,
		detail: 'detail' in error ? String(error.detail) : '',
	};
}
