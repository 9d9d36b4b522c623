import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class FleetSmtpApi implements ICredentialType {
	name = 'fleetSmtpApi';

	displayName = 'Fleet SMTP API';

	icon: Icon = {
		light: 'file:../icons/fleet-smtp.svg',
		dark: 'file:../icons/fleet-smtp.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-fleet#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: '',
			placeholder: 'e.g. smtp.example.com',
			required: true,
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 587,
			typeOptions: { minValue: 1, maxValue: 65535 },
			description: 'Usually 587 for STARTTLS, 465 for TLS, 25 between servers',
		},
		{
			displayName: 'Security',
			name: 'security',
			type: 'options',
			default: 'starttls',
			options: [
				{ name: 'None', value: 'none', description: 'Nothing is encrypted: for a server on this host only' },
				{
					name: 'STARTTLS',
					value: 'starttls',
					description: 'Begins in the clear, then encrypts or gives up',
				},
				{ name: 'TLS', value: 'tls', description: 'Encrypted from the first byte' },
			],
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			placeholder: 'e.g. fleet@example.com',
			description: 'Leave empty where the server asks for no login',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'From Address',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. Fleet <fleet@example.com>',
			description: 'The sender of every email',
			required: true,
		},
	];
}
