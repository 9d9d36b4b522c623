import { kafkaOptions, mqttOptions, redisOptions, smtpOptions, storeOptions } from './connection-options';

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
