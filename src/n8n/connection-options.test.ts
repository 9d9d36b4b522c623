import {
	kafkaOptions,
	mqttOptions,
	redisOptions,
	s3Options,
	smtpOptions,
	storeOptions,
} from './connection-options';

const smtp = {
	host: 'smtp.example.com',
	port: 587,
	security: 'starttls',
	from: 'Fleet <fleet@example.com>',
} as const;

describe('connection options', () => {
	it('take a whole credential as it is', () => {
		expect(smtpOptions(smtp)).toBe(smtp);
		expect(redisOptions({ host: 'localhost', port: 6379 })).toEqual({ host: 'localhost', port: 6379 });
		expect(storeOptions({ storeType: 'sqlite', path: '/data/fleet.sqlite' })).toEqual({
			kind: 'sqlite',
			path: '/data/fleet.sqlite',
		});
	});

	it('turn hours into seconds, and leave out what is empty', () => {
		const broker = { protocol: 'mqtts', host: 'broker.example.com', port: 8883, version: '5' } as const;
		expect(mqttOptions({ ...broker, sessionExpiryHours: 2, clientIdPrefix: ' ', receiveMaximum: 0 })).toEqual(
			{
				...broker,
				sessionExpirySeconds: 7200,
			},
		);
	});

	it('tell the brokers and the way in apart', () => {
		const sasl = { authentication: 'scram-sha-256', username: 'fleet', password: 'secret' } as const;
		expect(
			kafkaOptions({ brokers: 'kafka-1:9092, kafka-2:9093\n[::1]:9094', ...sasl, tls: true, ca: ' ' }),
		).toEqual({
			brokers: ['kafka-1:9092', 'kafka-2:9093', '[::1]:9094'],
			sasl: { mechanism: 'scram-sha-256', username: 'fleet', password: 'secret' },
			tls: true,
			compression: 'none',
		});
		expect(
			kafkaOptions({ brokers: 'kafka', authentication: 'none', username: 'left over', ca: 'PEM' }),
		).toEqual({
			brokers: ['kafka'],
			tls: false,
			compression: 'none',
		});
	});

	it('know AWS by its region, and a folder with or without slashes', () => {
		const key = { bucket: ' fleet ', accessKeyId: 'id', secretAccessKey: 'secret' };
		expect(s3Options({ ...key, region: 'eu-central-1', endpoint: ' ', folder: '/in/fleet' })).toEqual({
			endpoint: 'https://s3.eu-central-1.amazonaws.com',
			region: 'eu-central-1',
			bucket: 'fleet',
			accessKeyId: 'id',
			secretAccessKey: 'secret',
			pathStyle: true,
			prefix: 'in/fleet/',
		});
		expect(s3Options({ ...key, endpoint: 'http://127.0.0.1:9000', folder: '/' })).toMatchObject({
			endpoint: 'http://127.0.0.1:9000',
			region: 'us-east-1',
			prefix: '',
		});
		expect(() => s3Options({ ...key, endpoint: 'minio:9000' })).toThrow(
			"The endpoint 'minio:9000' is no URL",
		);
		expect(() => s3Options({ ...key, bucket: '' })).toThrow('The credential names no bucket');
		expect(() => s3Options({ ...key, secretAccessKey: ' ' })).toThrow('names no secret access key');
	});

	it('name the field that is missing or wrong', () => {
		expect(() => kafkaOptions({ brokers: ' , ' })).toThrow('The credential names no host');
		expect(() => kafkaOptions({ brokers: 'https://kafka:9092' })).toThrow("'https://kafka:9092' in Brokers");
		expect(() => kafkaOptions({ brokers: 'kafka', authentication: 'plain' })).toThrow('names no user');
		expect(() => smtpOptions({ ...smtp, host: ' ' })).toThrow('The credential names no host');
		expect(() => smtpOptions({ ...smtp, from: 'nobody' })).toThrow("'nobody' in From is no e-mail address");
		expect(() => redisOptions({ host: '', port: 6379 })).toThrow('The credential names no host');
		expect(() => mqttOptions({ protocol: 'mqtt', host: '', port: 1883 })).toThrow('names no host');
		expect(() => storeOptions({ storeType: 'sqlite', path: '../fleet.sqlite' })).toThrow("'../fleet.sqlite'");
	});
});
