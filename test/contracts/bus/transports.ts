import type { TransportOptions } from '../../../src/adapters/bus/open-bus';
import type { StoreOptions } from '../../../src/adapters/store/database';
import type { MessageBus } from '../../../src/app/ports/message-bus';
import { describeWith, type Service } from '../../lib/services/describe-with';
import { postgresRig, sqliteRig } from './embedded-rigs';
import { mqttOutage, mqttRig } from './mqtt-rigs';
import { kafkaOutage, kafkaRig } from './kafka-rigs';
import { PUB_SUB, redisOutage, redisRig, STREAMS, STREAMS_BY_THREAD } from './redis-rigs';

/** A transport under test, and what it promises. */
export interface Transport {
	readonly name: string;
	readonly needs: Service | null;
	/** Keeps what nobody has acknowledged, over restarts of subscribers and servers. */
	readonly isDurable: boolean;
	/** Holds what was published before a group first came. */
	readonly keepsBeforeFirst: boolean;
	/** Subscribers of one group share its messages. */
	readonly sharesGroups: boolean;
	/** Two subscribers of a group never work on messages of one key at once, and never out of their order. */
	readonly isExclusive: boolean;
	/** `lag` tells what waits; else it is null. */
	readonly tellsLag: boolean;
	/** How long a change may take: a subscriber that comes, goes or dies, a server that is back. */
	readonly patienceMs: number;
	start(): Promise<Rig>;
	/** Null where there is no server that could go away. */
	readonly outage: ((network: 'direct' | 'proxied') => Promise<OutageRig>) | null;
}

export interface Rig {
	/** A bus as another process would open it. */
	open(): MessageBus;
	/** With what another process opens it. */
	readonly forProcess: ProcessOptions;
	/** Publishes bytes as another program would; null where only this package's own messages come. */
	readonly publishBytes: ((feed: string, payload: Uint8Array) => Promise<void>) | null;
	stop(): Promise<void>;
}

export interface ProcessOptions {
	readonly transport: TransportOptions;
	readonly store: StoreOptions;
}

/** A server that is not running yet, and that can go away. */
export interface OutageRig {
	/** Starts it, or starts it again on the same port with the data that it had. */
	startServer(): Promise<void>;
	/** As a crash would. */
	killServer(): Promise<void>;
	/** A bus on it, which counts it as away when it has not answered for `answerMs`. */
	open(options: { readonly answerMs: number }): MessageBus;
	/** From now on connections stand, new ones too, and nothing comes through them. Where it is `proxied`. */
	mute(): void;
	/** New connections get through again. */
	unmute(): void;
	clean(): Promise<void>;
}

/** Durable, in order, shared by a group one key at a time, and counted. */
const PROMISES_ALL = {
	isDurable: true,
	keepsBeforeFirst: true,
	sharesGroups: true,
	isExclusive: true,
	tellsLag: true,
	patienceMs: 10_000,
} as const;

export const TRANSPORTS: readonly Transport[] = [
	{ name: 'embedded', needs: null, ...PROMISES_ALL, start: sqliteRig, outage: null },
	{
		name: 'embedded on PostgreSQL',
		needs: 'postgres',
		...PROMISES_ALL,
		start: postgresRig,
		outage: null,
	},
	...[
		{ name: 'redis-streams', kind: STREAMS },
		{ name: 'redis-streams read by a thread', kind: STREAMS_BY_THREAD },
	].map(({ name, kind }): Transport => ({
		name,
		needs: 'redis',
		...PROMISES_ALL,
		start: async () => await redisRig(kind),
		outage: async (network) => await redisOutage(kind, network),
	})),
	{
		name: 'redis-pubsub',
		needs: 'redis',
		isDurable: false,
		keepsBeforeFirst: false,
		sharesGroups: false,
		isExclusive: false,
		tellsLag: true,
		patienceMs: 10_000,
		start: async () => await redisRig(PUB_SUB),
		outage: async (network) => await redisOutage(PUB_SUB, network),
	},
	...(['5', '3.1.1'] as const).map((version): Transport => ({
		name: `mqtt ${version}`,
		needs: 'mosquitto',
		isDurable: true,
		keepsBeforeFirst: false,
		sharesGroups: true,
		// The broker delivers again at once what the older subscriber still has in hand.
		isExclusive: false,
		tellsLag: false,
		patienceMs: 10_000,
		start: async () => await mqttRig(version),
		outage: async (network) => await mqttOutage(version, network),
	})),
	{
		name: 'kafka',
		needs: 'kafka',
		isDurable: true,
		keepsBeforeFirst: true,
		sharesGroups: true,
		isExclusive: true,
		tellsLag: true,
		patienceMs: 30_000,
		start: kafkaRig,
		outage: kafkaOutage,
	},
];

export function describeTransports(title: string, tests: (transport: Transport) => void): void {
	for (const transport of TRANSPORTS) {
		const name = `${transport.name}: ${title}`;
		if (transport.needs) describeWith(transport.needs, name, () => tests(transport));
		else describe(name, () => tests(transport));
	}
}
