/** What went wrong between us and a server, for a person. */
export interface ServerTrouble {
	readonly message: string;
	readonly hint: string;
	/** True when the same settings may work in a moment: the server is away, not unwilling. */
	readonly isTransient: boolean;
}

export interface ServerPlace {
	/** What is expected there, e.g. `Redis`. */
	readonly what: string;
	readonly host: string;
	readonly port: number;
	readonly tls?: boolean | undefined;
}

/** No answer came in time although the connection stands. */
export class SilentServerError extends Error {}

const CERTIFICATE_CODES = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/;

export const away = (message: string, hint: string): ServerTrouble => ({ message, hint, isTransient: true });
export const wrong = (message: string, hint: string): ServerTrouble => ({
	message,
	hint,
	isTransient: false,
});
export const closed = (where: string, tls = false): ServerTrouble =>
	away(
		`${where} closed the connection`,
		`It was restarted, or ${tls ? 'speaks no TLS there' : 'wants TLS'}, or does not admit this address.`,
	);

/** Explains what the network or TLS said, by the error's code; null when it is for the server's protocol to explain. */
export function describeNetworkError(
	error: unknown,
	{ what, host, port, tls }: ServerPlace,
): ServerTrouble | null {
	const where = `${what} at ${host}:${port}`;
	const code = errorCode(error);
	if (code === 'ECONNREFUSED') {
		return away(`${where} refused the connection`, 'Start it there, or correct the host and the port.');
	}
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
		return wrong(`There is no host named '${host}'`, 'Check how it is spelt.');
	}
	if (CERTIFICATE_CODES.test(code)) {
		return wrong(
			`The TLS certificate of ${where} is not trusted: ${errorText(error)}`,
			'Use the host name that the certificate is for; for an authority of your own give its certificate (CA).',
		);
	}
	if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
		return wrong(`${where} does not speak TLS`, 'Switch TLS off, or use the port on which it speaks TLS.');
	}
	if (error instanceof SilentServerError || code === 'ETIMEDOUT') {
		const besides = tls ? 'it speaks TLS on this port' : 'the server is not overloaded';
		return away(`${where} does not answer`, `Check host, port and firewall, and that ${besides}.`);
	}
	if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
		return away(`There is no way to ${where}`, 'Check the network and the firewall.');
	}
	if (code === 'ECONNRESET' || code === 'EPIPE') return closed(where, tls);
	return null;
}

export function errorText(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

export function errorCode(error: unknown): string {
	if (typeof error !== 'object' || error === null || !('code' in error)) return '';
	return typeof error.code === 'string' ? error.code : '';
}
