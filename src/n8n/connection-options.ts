import { isAbsolute, join } from 'node:path';
import type { S3BlobOptions } from '../adapters/blob/s3-blob-store';
import type { KafkaOptions } from '../adapters/bus/kafka-options';
import type { MqttBusOptions } from '../adapters/bus/mqtt';
import type { StoreOptions } from '../adapters/store/store-options';
import { InvalidFieldError } from '../domain/errors';
import type {
	FleetKafkaCredential,
	FleetMqttCredential,
	FleetRedisCredential,
	FleetS3Credential,
	FleetSmtpCredential,
	FleetStoreCredential,
} from './credentials';
import { fleetFolder } from './fleet-folder';

/** No credential, or one without a path, means the embedded store in n8n's own folder. */
export function storeOptions(credential: FleetStoreCredential | null): StoreOptions {
	if (credential?.storeType !== 'postgres') {
		const path = credential?.path?.trim();
		if (path && !isAbsolute(path)) throw relativePath(path);
		return { kind: 'sqlite', path: path ? path : join(fleetFolder(), 'fleet.sqlite') };
	}
	const { host, port, database, user, password, schema, ssl = 'disable' } = credential;
	return {
		kind: 'postgres',
		host: host ?? 'localhost',
		port: port ?? 5432,
		database: database ?? 'fleet',
		...(user ? { user } : {}),
		...(password ? { password } : {}),
		...(schema?.trim() ? { schema: schema.trim() } : {}),
		ssl: ssl === 'disable' ? false : { rejectUnauthorized: ssl === 'verify' },
	};
}

/** The credential as it is. Throws `InvalidFieldError` when it names no server. */
export function redisOptions(credential: FleetRedisCredential): FleetRedisCredential {
	assertHost(credential.host, 'e.g. 127.0.0.1 for a Redis on the same machine');
	return credential;
}

/** Throws `InvalidFieldError` when the credential names no broker, or one that is no `host:port`, or no user. */
export function kafkaOptions(credential: FleetKafkaCredential): KafkaOptions {
	const brokers = (credential.brokers ?? '').split(/[\s,;]+/).filter((broker) => broker !== '');
	assertHost(brokers[0], 'e.g. kafka.example.com:9092');
	for (const broker of brokers) {
		if (/^(\[[^\]]+\]|[^:/[\]]+)(:\d{1,5})?$/.test(broker)) continue;
		throw new InvalidFieldError(
			'brokers',
			`'${broker}' in Brokers is not a host and a port`,
			'Give each as host:port, e.g. kafka.example.com:9092, separated by commas.',
		);
	}
	const { clientId, authentication = 'none', username = '', password = '', tls = false, ca } = credential;
	if (authentication !== 'none' && username === '') {
		throw new InvalidFieldError(
			'username',
			'The credential names no user',
			'Enter the user, or no authentication.',
		);
	}
	return {
		brokers,
		...(clientId?.trim() ? { clientId: clientId.trim() } : {}),
		...(authentication === 'none' ? {} : { sasl: { mechanism: authentication, username, password } }),
		tls,
		...(tls && ca?.trim() ? { ca } : {}),
		compression: credential.compression ?? 'none',
	};
}

/** Throws `InvalidFieldError` when the credential names no broker. */
export function mqttOptions(credential: FleetMqttCredential): MqttBusOptions {
	const { sessionExpiryHours = 168, clientIdPrefix, receiveMaximum = 0, ...connection } = credential;
	assertHost(connection.host, 'e.g. 127.0.0.1 for a broker on the same machine');
	return {
		...connection,
		sessionExpirySeconds: Math.round(sessionExpiryHours * 3600),
		...(receiveMaximum > 0 ? { receiveMaximum } : {}),
		...(clientIdPrefix?.trim() ? { clientIdPrefix: clientIdPrefix.trim() } : {}),
	};
}

/** The credential as it is. Throws `InvalidFieldError` when it names no server, or no address that mail is from. */
export function smtpOptions(credential: FleetSmtpCredential): FleetSmtpCredential {
	assertHost(credential.host, 'e.g. smtp.example.com');
	if (!/[^\s@]+@[^\s@]+/.test(credential.from ?? '')) {
		throw new InvalidFieldError(
			'from',
			`'${credential.from ?? ''}' in From is no e-mail address`,
			'Give the address that the fleet writes from, e.g. Fleet <fleet@example.com>',
		);
	}
	return credential;
}

/** Throws `InvalidFieldError` when the credential names no bucket, no key, or an endpoint that is no URL. */
export function s3Options(credential: FleetS3Credential): S3BlobOptions {
	const { bucket = '', accessKeyId = '', secretAccessKey = '', pathStyle = true, folder = '' } = credential;
	const region = credential.region?.trim() || 'us-east-1';
	const endpoint = credential.endpoint?.trim() || `https://s3.${region}.amazonaws.com`;
	if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
		throw new InvalidFieldError(
			'endpoint',
			`The endpoint '${endpoint}' is no URL`,
			'Give it with its protocol, e.g. https://s3.example.com, or leave it empty for AWS.',
		);
	}
	for (const [field, value, what] of [
		['bucket', bucket, 'bucket'],
		['accessKeyId', accessKeyId, 'access key id'],
		['secretAccessKey', secretAccessKey, 'secret access key'],
	] as const) {
		if (value.trim() !== '') continue;
		throw new InvalidFieldError(field, `The credential names no ${what}`, `Enter the ${what}.`);
	}
	const path = folder.trim().replace(/^\/+|\/+$/g, '');
	return {
		endpoint,
		region,
		bucket: bucket.trim(),
		accessKeyId: accessKeyId.trim(),
		secretAccessKey: secretAccessKey.trim(),
		pathStyle,
		prefix: path === '' ? '' : `${path}/`,
	};
}

function assertHost(host: string | undefined, example: string): void {
	if (host?.trim()) return;
	throw new InvalidFieldError('host', 'The credential names no host', `Enter the server's name, ${example}`);
}

const relativePath = (path: string) =>
	new InvalidFieldError(
		'path',
		`The store's path '${path}' does not say where it begins`,
		"Give it from the root on, e.g. /data/fleet.sqlite, or leave it empty for the file in n8n's own folder.",
	);
