import { join } from 'node:path';
import type { StoreOptions } from '../adapters/store/open-store';
import type { FleetStoreCredential } from './credentials';
import { fleetFolder } from './fleet-folder';

/** No credential, or one without a path, means the embedded store in n8n's own folder. */
export function storeOptions(credential: FleetStoreCredential | null): StoreOptions {
	if (credential?.storeType !== 'postgres') {
		const path = credential?.path?.trim();
		return { kind: 'sqlite', path: path ? path : join(fleetFolder(), 'fleet.sqlite') };
	}
	return {
		kind: 'postgres',
		host: credential.host ?? 'localhost',
		port: credential.port ?? 5432,
		database: credential.database ?? 'fleet',
		user: credential.user ?? '',
		password: credential.password ?? '',
		ssl: credential.ssl ?? 'disable',
	};
}
