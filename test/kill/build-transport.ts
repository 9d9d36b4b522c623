import type { TransportOptions } from '../../src/adapters/bus/open-bus';
import { type Proxy, startProxy } from '../contracts/bus/proxy';
import type { Disk } from './disk';
import type { Part } from './parts';
import type { Scenario } from './scenarios';
import { kafkaServer, redisServer } from './servers';
import type { Guard } from './start-guard';

export interface Carrier {
	readonly parts: readonly Part[];
	readonly disks: readonly Disk[];
	/** As the producer reaches it. */
	readonly transport: TransportOptions;
	/** As the consumers do: through the proxy, where there is one. */
	readonly consumers: TransportOptions;
	readonly proxy: Proxy | null;
}

export interface CarrierOptions {
	readonly guard: Guard;
	readonly leaseMs: number;
	disk(name: string): Disk;
}

export async function buildTransport(
	{ transport, partitions }: Scenario,
	{ guard, leaseMs, disk }: CarrierOptions,
): Promise<Carrier> {
	switch (transport) {
		case 'embedded': {
			const options = { kind: 'embedded', leaseMs } as const;
			return { parts: [], disks: [], transport: options, consumers: options, proxy: null };
		}
		case 'redisStreams': {
			const own = disk('redis');
			const redis = await redisServer(guard, own);
			const proxy = await startProxy({ host: '127.0.0.1', port: redis.port });
			const optionsOf = (port: number): TransportOptions => ({
				kind: 'redisStreams',
				redis: { host: '127.0.0.1', port, leaseMs, partitions },
			});
			return {
				parts: [redis.part],
				disks: [own],
				transport: optionsOf(redis.port),
				consumers: optionsOf(proxy.port),
				proxy,
			};
		}
		case 'kafka': {
			const own = disk('kafka');
			const kafka = await kafkaServer(guard, own, partitions);
			const options: TransportOptions = {
				kind: 'kafka',
				kafka: { brokers: [`127.0.0.1:${kafka.port}`], sessionMs: leaseMs },
			};
			return { parts: [kafka.part], disks: [own], transport: options, consumers: options, proxy: null };
		}
	}
}
