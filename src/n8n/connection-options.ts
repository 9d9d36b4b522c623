import { join } from 'node:path';
import type { StoreOptions } from '../adapters/store/store-options';
import type { FleetStoreCredential } from './credentials';
import { fleetFolder } from './fleet-folder';

/** No credential, or one without a path, means the embedded store in n8n's own folder. */
export function storeOptions(credential: FleetStoreCredential | null): StoreOptions {
	if (credential?.storeType !== 'postgres') {
		const path = credential?.path?.trim();
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
