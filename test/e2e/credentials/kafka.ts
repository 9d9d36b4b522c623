import { describeWith, KAFKA_USER, type KafkaService, startKafka } from '../../lib/services/kafka';
import { pressTest, type Surroundings } from './press-test';

export function kafkaTest(around: () => Surroundings): void {
	describeWith('kafka', 'Fleet Kafka API', () => {
		let kafka: KafkaService;
		beforeAll(async () => {
			kafka = await startKafka({ security: 'saslTls' });
		}, 60_000);
		afterAll(async () => await kafka?.kill());

		const test = async (data: object) =>
			await pressTest(around(), 'fleetKafkaApi', {
				...{ brokers: kafka.broker, clientId: 'n8n', tls: true, ca: kafka.certificate, compression: 'none' },
				...{ authentication: 'scram-sha-512', ...KAFKA_USER, ...data },
			});

		it('says which Kafka is there', async () => {
			const { status, message } = await test({});
			expect(message).toMatch(new RegExp(`^Kafka 4\\.1 or newer at ${kafka.broker}: 1 broker, \\d+ topics$`));
			expect(status).toBe('OK');
		});

		it('says that the connection was refused', async () => {
			const { status, message } = await test({ brokers: `127.0.0.1:${around().nobody}` });
			expect(status).toBe('Error');
			expect(message).toMatch(/refused the connection\. Start it there, or correct the host and the port/);
		});

		it('says that the password is wrong, and does not repeat it', async () => {
			const { status, message } = await test({ password: 'wrong-secret' });
			expect(status).toBe('Error');
			expect(message).toMatch(/does not accept the user or the password\. Correct/);
			expect(message).not.toContain('wrong-secret');
		});

		it('says that TLS is wanted, and that the certificate is unknown', async () => {
			await expect(test({ tls: false })).resolves.toEqual({
				status: 'Error',
				message: `Kafka at ${kafka.broker} speaks TLS only. Switch TLS on.`,
			});
			await expect(test({ ca: '' })).resolves.toEqual({
				status: 'Error',
				message: expect.stringContaining(`The TLS certificate of Kafka at ${kafka.broker} is not trusted`),
			});
		});

		it('says that what answers is not a Kafka', async () => {
			const brokers = `127.0.0.1:${around().fleet.host.port}`;
			await expect(test({ brokers, tls: false, authentication: 'none' })).resolves.toEqual({
				status: 'Error',
				message: `What answers at ${brokers} is not a Kafka. Check host and port.`,
			});
		});
	});
}
