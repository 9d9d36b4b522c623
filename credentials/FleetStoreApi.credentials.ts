import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

const whenPostgres = { show: { storeType: ['postgres'] } };

export class FleetStoreApi implements ICredentialType {
	name = 'fleetStoreApi';

	displayName = 'Fleet Store API';

	icon: Icon = {
		light: 'file:../icons/fleet-store.svg',
		dark: 'file:../icons/fleet-store.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-fleet#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Store',
			name: 'storeType',
			type: 'options',
			default: 'sqlite',
			options: [
				{
					name: 'PostgreSQL',
					value: 'postgres',
					description: 'A database of your own: for n8n on more than one host',
				},
				{
					name: 'SQLite',
					value: 'sqlite',
					description: 'One file on this host, nothing to install',
				},
			],
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '',
			placeholder: 'e.g. /data/fleet/fleet.sqlite',
			description: "The store's file; it is created where there is none",
			hint: "Leave empty for fleet/fleet.sqlite in n8n's own folder",
			displayOptions: { show: { storeType: ['sqlite'] } },
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'localhost',
			placeholder: 'e.g. db.example.com',
			required: true,
			displayOptions: whenPostgres,
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 5432,
			typeOptions: { minValue: 1, maxValue: 65535 },
			displayOptions: whenPostgres,
		},
		{
			displayName: 'Database',
			name: 'database',
			type: 'string',
			default: 'fleet',
			placeholder: 'e.g. fleet',
			description: 'It must exist; its tables are created at the first use',
			required: true,
			displayOptions: whenPostgres,
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			placeholder: 'e.g. fleet',
			displayOptions: whenPostgres,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: whenPostgres,
		},
		{
			displayName: 'Schema',
			name: 'schema',
			type: 'string',
			default: '',
			placeholder: 'e.g. fleet',
			description: "Where the tables are; leave empty for the user's own, most often public",
			displayOptions: whenPostgres,
		},
		{
			displayName: 'TLS',
			name: 'ssl',
			type: 'options',
			default: 'disable',
			displayOptions: whenPostgres,
			options: [
				{ name: 'Off', value: 'disable', description: 'Plain connection, for a database on this host' },
				{ name: 'On', value: 'require', description: "Encrypted; the server's certificate is not checked" },
				{
					name: 'On, Verified',
					value: 'verify',
					description: "Encrypted, and the server's certificate is checked",
				},
			],
		},
	];
}
