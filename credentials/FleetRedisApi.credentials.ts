import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class FleetRedisApi implements ICredentialType {
	name = 'fleetRedisApi';

	displayName = 'Fleet Redis API';

	icon: Icon = {
		light: 'file:../icons/fleet-redis.svg',
		dark: 'file:../icons/fleet-redis.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-fleet#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'localhost',
			placeholder: 'e.g. redis.example.com',
			required: true,
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 6379,
			typeOptions: { minValue: 1, maxValue: 65535 },
		},
		{
			displayName: 'User',
			name: 'username',
			type: 'string',
			default: '',
			description: 'Leave empty where Redis has no users of its own',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Database Number',
			name: 'database',
			type: 'number',
			default: 0,
			typeOptions: { minValue: 0 },
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
			description: "The certificate (PEM) of an authority of your own that signed the server's certificate",
			displayOptions: { show: { tls: [true] } },
		},
		{
			displayName: 'Partitions',
			name: 'partitions',
			type: 'number',
			default: 1,
			typeOptions: { minValue: 1, maxValue: 1024 },
			description:
				'Of feeds over Redis Streams: how many streams each feed is spread over, by vehicle, so that as many readers can share it. With 1 it is the stream that has the name of the feed; with more they are called FEED:0, FEED:1 and so on. The same for all who publish or read it.',
		},
	];
}
