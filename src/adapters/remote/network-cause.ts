import { errorCode, errorText } from '../bus/describe-network-error';

/** What undici calls what Node has a name for. */
const NODE_CODES: Readonly<Record<string, string>> = {
	UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_HEADERS_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_BODY_TIMEOUT: 'ETIMEDOUT',
	UND_ERR_SOCKET: 'ECONNRESET',
};

/** What the network said where `fetch` only says that it failed: the first cause that has a code, else the error itself. */
export function networkCause(error: unknown): unknown {
	for (let at = error; typeof at === 'object' && at !== null; at = firstCause(at)) {
		const code = errorCode(at);
		if (code in NODE_CODES) return Object.assign(new Error(errorText(at)), { code: NODE_CODES[code] });
		if (code !== '') return at;
	}
	return error;
}

/** Of attempts at several addresses: that of the first. */
function firstCause(error: { errors?: unknown; cause?: unknown }): unknown {
	return Array.isArray(error.errors) ? error.errors[0] : error.cause;
}
