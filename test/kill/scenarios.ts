/** What is under test, as plain data: which transport and store, and what runs. */
export interface Scenario {
	readonly name: string;
	readonly transport: 'embedded' | 'redisStreams' | 'kafka';
	readonly partitions: number;
	readonly store: 'sqlite' | 'postgres';
	/** n8n reads the feed with the trigger, or does nothing; `queue`: its workers run the workflows. */
	readonly n8n: 'regular' | 'queue' | null;
	readonly n8nWorkers: number;
	readonly feedWorkers: number;
	readonly perSecond: number;
}

const BASE = { partitions: 1, n8n: null, n8nWorkers: 0, feedWorkers: 0, perSecond: 150 } as const;

export const SCENARIOS: readonly Scenario[] = [
	{ ...BASE, name: 'embedded', transport: 'embedded', store: 'sqlite', feedWorkers: 2 },
	{ ...BASE, name: 'streams', transport: 'redisStreams', store: 'postgres', partitions: 4, feedWorkers: 2 },
	{ ...BASE, name: 'kafka', transport: 'kafka', store: 'postgres', partitions: 4, feedWorkers: 2 },
	{ ...BASE, name: 'n8n', transport: 'redisStreams', store: 'sqlite', n8n: 'regular', perSecond: 40 },
	{
		...BASE,
		name: 'queue',
		transport: 'redisStreams',
		store: 'postgres',
		n8n: 'queue',
		n8nWorkers: 2,
		perSecond: 40,
	},
];
