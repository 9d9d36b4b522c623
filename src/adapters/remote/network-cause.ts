import { errorCode } from '../bus/describe-network-error';

/** What undici calls what Node has a name for. */
const NODE_CODES: Readonly<Record<string, string>> = {
	UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_HEADERS_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_BODY_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_SOCKET: 'ECONNRESET',
};

/** What the network said where `fetch` only says that it failed: the first cause that has a code, else the error itself. */
export function networkCause(error: unknown): unknown {
	for (let at = error; at instanceof Error; at = firstCause(at)) {
		const code = errorCode(at);
		if (code in NODE_CODES) return Object.assign(new Error(at.message), { code: NODE_CODES[code] });
		// An attempt at several addresses has the code of all of them only where it is the same.
		if (code !== '') return at;
	}
	return error;
}

function firstCause(error: Error): unknown {
	return error instanceof AggregateError ? (error.errors[0] as unknown) : error.cause;
}
