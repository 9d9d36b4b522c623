import {
	away,
	closed,
	describeNetworkError,
	errorText,
	type ServerTrouble,
	wrong,
} from './describe-network-error';
import type { RedisOptions } from './redis-connection';

/** Names the server and what it (or the network) said. Secrets never appear in it. */
export function describeRedisError(
	error: unknown,
	{ host, port, tls }: Pick<RedisOptions, 'host' | 'port' | 'tls'>,
): ServerTrouble {
	const where = `Redis at ${host}:${port}`;
	const text = errorText(error);
	const trouble = describeNetworkError(error, { what: 'Redis', host, port, tls });
	if (trouble) return trouble;
	if (/Protocol error, got "\\u0015"/.test(text)) {
		return wrong(`${where} speaks TLS only`, 'Switch TLS on.');
	}
	if (text.startsWith('Protocol error')) {
		return wrong(`What answers at ${host}:${port} is not a Redis`, 'Check host and port.');
	}
	if (text.startsWith('Connection is closed')) return closed(where);
	return describeReply(text, where) ?? away(`${where} cannot be used: ${text}`, 'See its log.');
}

function describeReply(text: string, where: string): ServerTrouble | null {
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
			return forbidden(text, where);
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
			if (/NOPERM|ACL failure|can't run this command/.test(text)) return forbidden(text, where);
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

function forbidden(text: string, where: string): ServerTrouble {
	return wrong(
		`The user may not do this at ${where}: ${text}`,
		"Give it the rights in its ACL. Streams need the keys 'fleet:*' and the feeds' names, and the commands" +
			' +@stream +@scripting +@string +@sortedset +@keyspace +@connection +time; pub/sub needs' +
			" +@pubsub and +@connection, and the feeds' names as channels.",
	);
}
