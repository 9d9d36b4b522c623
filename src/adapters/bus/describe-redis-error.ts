import { SilentServerError, type RedisOptions } from './redis-connection';

/** What went wrong between us and a Redis, for a person. */
interface RedisTrouble {
	readonly message: string;
	readonly hint: string;
	/** True when the same settings may work in a moment: the server is away, not unwilling. */
	readonly isTransient: boolean;
}

const CERTIFICATE_CODES = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/;

/** Names the server and what it (or the network) said. Secrets never appear in it. */
export function describeRedisError(
	error: unknown,
	server: Pick<RedisOptions, 'host' | 'port' | 'tls'>,
): RedisTrouble {
	const where = `Redis at ${server.host}:${server.port}`;
	const code = errorCode(error);
	const text = error instanceof Error ? error.message : String(error);
	const away = (message: string, hint: string) => ({ message, hint, isTransient: true });
	const wrong = (message: string, hint: string) => ({ message, hint, isTransient: false });

	if (code === 'ECONNREFUSED') {
		return away(`${where} refused the connection`, 'Start Redis there, or correct the host and the port.');
	}
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
		return wrong(`There is no host named '${server.host}'`, 'Check how the host of the Redis is spelt.');
	}
	if (CERTIFICATE_CODES.test(code)) {
		return wrong(
			`The TLS certificate of ${where} is not trusted: ${text}`,
			'Use the host name that the certificate is for; for an authority of your own set NODE_EXTRA_CA_CERTS.',
		);
	}
	if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
		return wrong(`${where} does not speak TLS`, 'Switch TLS off, or use the port on which it speaks TLS.');
	}
	if (/Protocol error, got "\\u0015"/.test(text)) {
		return wrong(`${where} speaks TLS only`, 'Switch TLS on.');
	}
	if (text.startsWith('Protocol error')) {
		return wrong(`What answers at ${server.host}:${server.port} is not a Redis`, 'Check host and port.');
	}
	if (error instanceof SilentServerError || code === 'ETIMEDOUT') return away(...silence(where, server.tls));
	if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
		return away(`There is no way to ${where}`, 'Check the network and the firewall.');
	}
	if (code === 'ECONNRESET' || code === 'EPIPE' || text.startsWith('Connection is closed')) {
		return away(
			`${where} closed the connection`,
			'It was restarted, or wants TLS, or does not admit this address.',
		);
	}
	return describeReply(text, where) ?? away(`${where} cannot be used: ${text}`, 'See its log.');
}

function describeReply(text: string, where: string): RedisTrouble | null {
	const trouble = (message: string, hint: string, isTransient = false) => ({ message, hint, isTransient });
	switch (/^(-?[A-Z]+)/.exec(text)?.[1]) {
		case 'WRONGPASS':
			return trouble(
				`${where} does not accept the user or the password`,
				'Correct the user and the password.',
			);
		case 'NOAUTH':
			return trouble(`${where} asks for a password`, 'Give the password (and the user, where it has users).');
		case 'NOPERM':
			return trouble(`The user may not do this at ${where}: ${text}`, 'Give the user the right in its ACL.');
		case 'LOADING':
			return trouble(`${where} is still loading its data`, 'Wait until it has loaded it.', true);
		case 'WRONGTYPE':
			return trouble(
				`The feed's name is the key of something that is not a stream at ${where}`,
				'Give the feed another name, or remove that key.',
			);
		case 'OOM':
			return trouble(`${where} is out of memory`, 'Raise its maxmemory, or limit the length of the streams.');
		case 'READONLY':
			return trouble(`${where} is a read-only replica`, 'Use the host of its primary.');
		case 'ERR':
			if (text.includes('invalid password')) {
				return trouble(`${where} does not accept the password`, 'Correct the password.');
			}
			if (text.includes('unknown command')) {
				return trouble(`${where} is too old: ${text}`, 'Redis 6.2 or newer is needed.');
			}
			return trouble(`${where} answers: ${text}`, 'Check the settings of the connection.');
		default:
			return null;
	}
}

function silence(where: string, tls: RedisOptions['tls']): [message: string, hint: string] {
	return tls
		? [`${where} does not answer`, 'Check host, port and firewall, and that it speaks TLS on this port.']
		: [`${where} does not answer`, 'Check host, port and firewall, and that the server is not overloaded.'];
}

function errorCode(error: unknown): string {
	if (typeof error !== 'object' || error === null || !('code' in error)) return '';
	return typeof error.code === 'string' ? error.code : '';
}
