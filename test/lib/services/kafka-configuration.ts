import { join } from 'node:path';
import { freePort } from './child-service';

export const KAFKA_HOST = '127.0.0.1';
export const KAFKA_USER = { username: 'fleet', password: 'fleet-secret' } as const;
export const KEYSTORE_PASSWORD = 'test-secret';

const PROTOCOLS = { plain: 'PLAINTEXT', tls: 'SSL', sasl: 'SASL_PLAINTEXT', saslTls: 'SASL_SSL' } as const;

/** What clients have to do; `plain`: nothing. `sasl`: PLAIN or SCRAM, as `KAFKA_USER`. */
export type KafkaSecurity = keyof typeof PROTOCOLS;

export interface KafkaPlace {
	readonly security: KafkaSecurity;
	readonly port: number;
	readonly advertisedPort: number;
	readonly dir: string;
	readonly settings?: Readonly<Record<string, string | number | boolean>>;
}

/** The text of server.properties. */
export async function kafkaConfiguration(place: KafkaPlace): Promise<string> {
	const { security, port, advertisedPort, dir, settings } = place;
	const controller = `${KAFKA_HOST}:${await freePort()}`;
	const internal = `INTERNAL://${KAFKA_HOST}:${await freePort()}`;
	const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
	const scramModule = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
	return asProperties({
		'process.roles': 'broker,controller',
		'node.id': 1,
		'controller.quorum.voters': `1@${controller}`,
		'controller.listener.names': 'CONTROLLER',
		listeners: `CLIENT://${KAFKA_HOST}:${port},${internal},CONTROLLER://${controller}`,
		'advertised.listeners': `CLIENT://${KAFKA_HOST}:${advertisedPort},${internal}`,
		'inter.broker.listener.name': 'INTERNAL',
		'listener.security.protocol.map': `CLIENT:${PROTOCOLS[security]},INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT`,
		'log.dirs': join(dir, 'data'),
		// Until its former life is over by that, a broker that was killed is not let in again.
		'broker.session.timeout.ms': 3000,
		'broker.heartbeat.interval.ms': 500,
		'num.partitions': 3,
		'group.initial.rebalance.delay.ms': 0,
		'offsets.topic.replication.factor': 1,
		'offsets.topic.num.partitions': 1,
		'transaction.state.log.replication.factor': 1,
		'transaction.state.log.min.isr': 1,
		'transaction.state.log.num.partitions': 1,
		'share.coordinator.state.topic.replication.factor': 1,
		'share.coordinator.state.topic.min.isr': 1,
		'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
		'listener.name.client.plain.sasl.jaas.config': `${plainModule} user_${KAFKA_USER.username}="${KAFKA_USER.password}";`,
		'listener.name.client.scram-sha-256.sasl.jaas.config': scramModule,
		'listener.name.client.scram-sha-512.sasl.jaas.config': scramModule,
		...(security.toLowerCase().endsWith('tls')
			? {
					'ssl.keystore.type': 'PKCS12',
					'ssl.keystore.location': join(dir, 'keystore.p12'),
					'ssl.keystore.password': KEYSTORE_PASSWORD,
				}
			: {}),
		...settings,
	});
}

function asProperties(settings: Readonly<Record<string, string | number | boolean>>): string {
	return Object.entries(settings)
		.map(([name, value]) => `${name}=${value}\n`)
		.join('');
}
