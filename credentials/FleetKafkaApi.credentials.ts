import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

const WITH_PASSWORD = { show: { authentication: ['plain', 'scram-sha-256', 'scram-sha-512'] } };

export class FleetKafkaApi implements ICredentialType {
	name = 'fleetKafkaApi';

	displayName = 'Fleet Kafka API';

	icon: Icon = {
		light: 'file:../icons/fleet-kafka.svg',
		dark: 'file:../icons/fleet-kafka.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-fleet#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Brokers',
			name: 'brokers',
			type: 'string',
			default: 'localhost:9092',
			placeholder: 'e.g. kafka-1.example.com:9092, kafka-2.example.com:9092',
			required: true,
			description: 'One or more of the brokers, separated by commas; they name the others',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: 'n8n-nodes-fleet',
			description: 'What the brokers see this client as in their logs and quotas',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			default: 'none',
			options: [
				{ name: 'None', value: 'none' },
				{ name: 'SASL PLAIN', value: 'plain' },
				{ name: 'SASL SCRAM-SHA-256', value: 'scram-sha-256' },
				{ name: 'SASL SCRAM-SHA-512', value: 'scram-sha-512' },
			],
		},
		{
			displayName: 'User',
			name: 'username',
			type: 'string',
			default: '',
			displayOptions: WITH_PASSWORD,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: WITH_PASSWORD,
		},
		{
			displayName: 'TLS',
			name: 'tls',
			type: 'boolean',
			default: false,
			description: 'Whether to connect over TLS',
		},
		{
			displayName: 'CA Certificate',
			name: 'ca',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			description: "The certificate (PEM) of an authority of your own that signed the brokers' certificates",
			displayOptions: { show: { tls: [true] } },
		},
		{
			displayName: 'Compression',
			name: 'compression',
			type: 'options',
			default: 'none',
			description: 'How published messages are compressed; all of them can be read, whatever is chosen here',
			options: [
				{ name: 'Gzip', value: 'gzip' },
				{ name: 'LZ4', value: 'lz4' },
				{ name: 'None', value: 'none' },
				{ name: 'Snappy', value: 'snappy' },
				{ name: 'Zstandard', value: 'zstd' },
			],
		},
	];
}
