import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class FleetMqttApi implements ICredentialType {
	name = 'fleetMqttApi';

	displayName = 'Fleet MQTT API';

	icon: Icon = {
		light: 'file:../icons/fleet-mqtt.svg',
		dark: 'file:../icons/fleet-mqtt.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-fleet#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Protocol',
			name: 'protocol',
			type: 'options',
			default: 'mqtt',
			options: [
				{ name: 'MQTT', value: 'mqtt', description: 'Usually port 1883' },
				{ name: 'MQTT Over TLS', value: 'mqtts', description: 'Usually port 8883' },
				{ name: 'WebSocket', value: 'ws' },
				{ name: 'WebSocket Over TLS', value: 'wss' },
			],
		},
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'localhost',
			placeholder: 'e.g. broker.example.com',
			required: true,
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 1883,
			typeOptions: { minValue: 1, maxValue: 65535 },
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '/mqtt',
			placeholder: 'e.g. /mqtt',
			displayOptions: { show: { protocol: ['ws', 'wss'] } },
		},
		{
			displayName: 'User',
			name: 'username',
			type: 'string',
			default: '',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Version',
			name: 'version',
			type: 'options',
			default: '5',
			options: [
				{ name: '3.1.1', value: '3.1.1' },
				{ name: '5', value: '5' },
			],
		},
		{
			displayName: 'CA Certificate',
			name: 'ca',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			description: "The certificate (PEM) of an authority of your own that signed the broker's certificate",
			displayOptions: { show: { protocol: ['mqtts', 'wss'] } },
		},
		{
			displayName: 'Receive Maximum',
			name: 'receiveMaximum',
			type: 'number',
			default: 0,
			typeOptions: { minValue: 0, maxValue: 65535 },
			description:
				'How many messages the broker sends before the first of them is stored and acknowledged; no batch is larger. 0 for two batches.',
			displayOptions: { show: { version: ['5'] } },
		},
		{
			displayName: 'Session Expiry (Hours)',
			name: 'sessionExpiryHours',
			type: 'number',
			default: 168,
			typeOptions: { minValue: 1 },
			description: 'How long the broker is to keep what comes while nobody reads the feed',
			displayOptions: { show: { version: ['5'] } },
		},
		{
			displayName: 'Client ID Prefix',
			name: 'clientIdPrefix',
			type: 'string',
			default: 'fleet',
			description:
				'What client IDs begin with; the rest follows from consumer group and feed, so that a group is known again',
		},
	];
}
