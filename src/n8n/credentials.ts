import type { INode } from 'n8n-workflow';

/** What execute, trigger, and load-options contexts have in common: enough to read a node's credentials. */
export interface CredentialContext {
	getNode(): INode;
	getCredentials<T extends object>(type: string, itemIndex?: number): Promise<T>;
}

export interface FleetStoreCredential {
	readonly storeType: 'sqlite' | 'postgres';
	/** Empty for the default file. */
	readonly path?: string;
	readonly host?: string;
	readonly port?: number;
	readonly database?: string;
	readonly user?: string;
	readonly password?: string;
	/** Empty for the first of the user's search path. */
	readonly schema?: string;
	readonly ssl?: 'disable' | 'require' | 'verify';
}

export interface FleetRedisCredential {
	readonly host: string;
	readonly port: number;
	readonly username?: string;
	readonly password?: string;
	readonly database?: number;
	readonly tls?: boolean;
	/** PEM; empty for the authorities that Node trusts. */
	readonly ca?: string;
	/** Of feeds over Redis Streams; see `RedisStreamsOptions`. */
	readonly partitions?: number;
}

export interface FleetKafkaCredential {
	/** `host:port` each, separated by commas or spaces. */
	readonly brokers: string;
	readonly clientId?: string;
	readonly authentication?: 'none' | 'plain' | 'scram-sha-256' | 'scram-sha-512';
	readonly username?: string;
	readonly password?: string;
	readonly tls?: boolean;
	/** PEM; empty for the authorities that Node trusts. */
	readonly ca?: string;
	readonly compression?: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
}

export interface FleetMqttCredential {
	readonly protocol: 'mqtt' | 'mqtts' | 'ws' | 'wss';
	readonly host: string;
	readonly port: number;
	/** Of the WebSocket. */
	readonly path?: string;
	readonly username?: string;
	readonly password?: string;
	readonly version?: '3.1.1' | '5';
	/** PEM; empty for the authorities that Node trusts. */
	readonly ca?: string;
	readonly receiveMaximum?: number;
	readonly sessionExpiryHours?: number;
	readonly clientIdPrefix?: string;
}

export interface FleetS3Credential {
	/** Empty for AWS's of the region. */
	readonly endpoint?: string;
	readonly region?: string;
	readonly bucket: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	/** Default true. */
	readonly pathStyle?: boolean;
	/** Of uploaded files; empty for the bucket's root. */
	readonly folder?: string;
}

export interface FleetSmtpCredential {
	readonly host: string;
	readonly port: number;
	readonly security: 'tls' | 'starttls' | 'none';
	readonly user?: string;
	readonly password?: string;
	readonly from: string;
}

/** Null when the node has no credential of this type chosen: the credential is optional. */
export async function optionalCredential<T extends object>(
	context: CredentialContext,
	type: string,
	itemIndex?: number,
): Promise<T | null> {
	if (!context.getNode().credentials?.[type]) return null;
	return await context.getCredentials<T>(type, itemIndex);
}
