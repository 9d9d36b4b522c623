import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class FleetS3Api implements ICredentialType {
	name = 'fleetS3Api';

	displayName = 'Fleet S3 API';

	icon: Icon = {
		light: 'file:../icons/fleet-s3.svg',
		dark: 'file:../icons/fleet-s3.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-fleet#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://s3.example.com:9000',
			description: "The service's URL without the bucket. Leave empty for AWS.",
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'string',
			default: 'us-east-1',
			description: 'Where the bucket is. Services with one place only take us-east-1 or auto.',
		},
		{
			displayName: 'Bucket',
			name: 'bucket',
			type: 'string',
			default: '',
			placeholder: 'e.g. fleet-files',
			required: true,
		},
		{
			displayName: 'Access Key ID',
			name: 'accessKeyId',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Secret Access Key',
			name: 'secretAccessKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Path Style',
			name: 'pathStyle',
			type: 'boolean',
			default: true,
			description:
				"Whether the bucket is part of the path instead of the host's name. MinIO, Ceph and most others want it, AWS takes either.",
		},
		{
			displayName: 'Folder',
			name: 'folder',
			type: 'string',
			default: 'fleet/',
			description:
				'Where in the bucket uploaded files are kept. What else the bucket holds is left alone; files to import can be anywhere in it.',
		},
	];
}
