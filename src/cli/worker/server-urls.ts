import { InvalidFieldError } from '../../domain/errors';
import { readUrl } from './read-fields';

interface Server {
	readonly host: string;
	readonly port: number;
	readonly username?: string;
	readonly password?: string;
}

/** `redis://user:password@host:6379/0`, with TLS `rediss://`. */
export function readRedisUrl(value: unknown, field: string): Server & { database?: number; tls?: true } {
	const url = readUrl(value, field, ['redis', 'rediss'], 'redis://:${REDIS_PASSWORD}@redis.example.com:6379');
	const database = url.pathname.slice(1);
	if (!/^\d*$/.test(database)) {
		throw new InvalidFieldError(
			field,
			`The database '${database}' in ${field} is no number`,
			'Give e.g. redis://redis.example.com:6379/0.',
		);
	}
	return {
		...serverOf(url, 6379),
		...(database === '' ? {} : { database: Number(database) }),
		...(url.protocol === 'rediss:' ? { tls: true } : {}),
	};
}

const MQTT_PORTS = { mqtt: 1883, mqtts: 8883, ws: 80, wss: 443 };
type MqttProtocol = keyof typeof MQTT_PORTS;

/** `mqtt://user:password@host:1883`, with TLS `mqtts://`, over WebSockets `ws://` and `wss://`. */
export function readMqttUrl(
	value: unknown,
	field: string,
): Server & { protocol: MqttProtocol; path?: string } {
	const url = readUrl(
		value,
		field,
		Object.keys(MQTT_PORTS),
		'mqtt://fleet:${MQTT_PASSWORD}@broker.example.com',
	);
	const protocol = url.protocol.slice(0, -1) as MqttProtocol;
	return {
		protocol,
		...serverOf(url, MQTT_PORTS[protocol]),
		...(url.pathname.length > 1 ? { path: url.pathname } : {}),
	};
}

function serverOf({ hostname, port, username, password }: URL, defaultPort: number): Server {
	return {
		host: hostname.replace(/^\[(.*)\]$/, '$1'),
		port: port === '' ? defaultPort : Number(port),
		...(username === '' ? {} : { username: decodeURIComponent(username) }),
		...(password === '' ? {} : { password: decodeURIComponent(password) }),
	};
}
