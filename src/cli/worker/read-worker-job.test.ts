import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readText } from '../../domain/rule-files/read-text';
import { readWorkerJob } from './read-worker-job';

/** The job and what is wrong, each with its path. */
function read(text: string, environment: Record<string, string> = {}) {
	const wrong: string[] = [];
	const parsed = readText(text);
	if ('problems' in parsed) throw new Error(parsed.problems[0]?.message);
	const job = readWorkerJob(parsed.value, {
		environment,
		name: 'host:1',
		report: ({ field, message, hint }) => wrong.push(`${field}: ${message}. ${hint}`),
	});
	return { job, wrong };
}

describe('readWorkerJob', () => {
	it('reads a store, feeds of every transport, and metrics', () => {
		const { job, wrong } = read(
			`
name: yard
store: postgres://fleet:\${PGPASSWORD}@db.example.com/fleet
metrics: { port: '\${PORT}' }
feeds:
  - feed: one
    transport: { kind: redisStreams, url: 'rediss://fleet:p%40ss@redis.example.com/2', partitions: 4, ca: PEM }
    group: night
    batchSize: 500
    lingerMs: 20
    allowedDelaySeconds: 60
    futureToleranceSeconds: 10
    maxTries: 5
    from: now
  - { feed: two, transport: { kind: redisPubSub, host: redis.example.com, password: '\${REDIS}' } }
  - feed: three
    transport:
      kind: kafka
      brokers: [k1:9092, k2]
      tls: true
      sasl: { mechanism: scram-sha-256, username: fleet, password: secret }
  - { feed: four/+/status, transport: { kind: mqtt, url: 'mqtts://broker.example.com', version: 5 } }
  - { feed: five, transport: embedded }
`,
			{ PGPASSWORD: 'top', PORT: '9464', REDIS: '${not a variable}' },
		);
		expect(wrong).toEqual([]);
		const common = { group: 'fleet', batchSize: 1000 };
		expect(job).toEqual({
			name: 'yard',
			store: { kind: 'postgres', url: 'postgres://fleet:top@db.example.com/fleet' },
			metrics: { host: '127.0.0.1', port: 9464 },
			feeds: [
				{
					transport: {
						kind: 'redisStreams',
						redis: {
							...{ host: 'redis.example.com', port: 6379, username: 'fleet', password: 'p@ss' },
							...{ database: 2, tls: true, ca: 'PEM', partitions: 4 },
						},
					},
					run: {
						...{ feed: 'one', group: 'night', batchSize: 500, lingerMs: 20, maxTries: 5, from: 'now' },
						...{ allowedDelayMs: 60_000, maxFutureMs: 10_000 },
					},
				},
				{
					transport: {
						kind: 'redisPubSub',
						redis: { host: 'redis.example.com', port: 6379, password: '${not a variable}' },
					},
					run: { feed: 'two', ...common },
				},
				{
					transport: {
						kind: 'kafka',
						kafka: {
							brokers: ['k1:9092', 'k2'],
							tls: true,
							sasl: { mechanism: 'scram-sha-256', username: 'fleet', password: 'secret' },
						},
					},
					run: { feed: 'three', ...common },
				},
				{
					transport: {
						kind: 'mqtt',
						mqtt: { protocol: 'mqtts', host: 'broker.example.com', port: 8883, version: '5' },
					},
					run: { feed: 'four/+/status', ...common },
				},
				{ transport: { kind: 'embedded' }, run: { feed: 'five', ...common } },
			],
		});
	});

	it('takes a path for the store, and a store in parts', () => {
		const feeds = 'feeds: [{ feed: a, transport: embedded }]';
		expect(read(`store: fleet.sqlite\n${feeds}`).job?.store).toEqual({
			kind: 'sqlite',
			path: resolve('fleet.sqlite'),
		});
		expect(
			read(`store: { kind: postgres, host: db, database: fleet, ssl: require }\n${feeds}`).job?.store,
		).toEqual({ kind: 'postgres', host: 'db', database: 'fleet', ssl: { rejectUnauthorized: false } });
	});

	it('names every mistake with its place and how to mend it', () => {
		const { job, wrong } = read(`
stroe: a
store: mysql://fleet:hidden@db/fleet
feeds:
  - { fede: a, transport: { kind: redisStream, url: 'redis://x' } }
  - { feed: b, transport: { kind: kafka } }
  - { feed: c, transport: { kind: mqtt, url: 'not a url' }, batchSize: 0 }
  - { feed: d, transport: embedded, group: '\${GRUOP}' }
  - { feed: e, transport: { kind: redisStreams, url: 'redis://x', partions: 2 } }
  - { feed: e, transport: embedded }
  - nothing
  - { feed: fleet/#/status, transport: { kind: mqtt, url: 'mqtt://x' } }
metrics: { host: 0.0.0.0 }
`);
		expect(job).toBeNull();
		expect(wrong).toEqual([
			expect.stringMatching(/^feeds\[3\].group: The environment variable GRUOP in .* is not set/),
			expect.stringMatching(/^stroe: the file has no field 'stroe'\. Did you mean 'store'\?/),
			expect.stringMatching(/^store: The URL in store begins with mysql:\/\/, .*Give e\.g\. postgres:/),
			expect.stringMatching(/^feeds\[0\].fede: feeds\[0\] has no field 'fede'\. Did you mean 'feed'\?/),
			expect.stringMatching(/^feeds\[0\].transport.kind: 'redisStream' .*Did you mean 'redisStreams'\?/),
			expect.stringMatching(/^feeds\[0\].feed: feeds\[0\].feed is missing/),
			expect.stringMatching(/^feeds\[1\].transport: The transport kafka in .* has no brokers/),
			expect.stringMatching(/^feeds\[2\].transport.url: The text in .* is no URL/),
			expect.stringMatching(/^feeds\[2\].batchSize: 0 in .* is no whole number from 1 to 10000/),
			expect.stringMatching(/^feeds\[4\].transport.partions: .*Did you mean 'partitions'\?/),
			expect.stringMatching(/^feeds\[6\]: feeds\[6\] is text, not an object/),
			expect.stringMatching(/^feeds\[7\].feed: 'fleet\/#\/status' is no topic filter of MQTT.*e\.g\. fleet/),
			expect.stringMatching(/^feeds\[5\].feed: .*given twice for the group 'fleet'/),
			expect.stringMatching(/^metrics.port: metrics.port is missing/),
		]);
		expect(wrong.join()).not.toContain('hidden');
	});

	it('reads the file of the documentation', async () => {
		const page = await readFile(join(__dirname, '../../../docs/workers.md'), 'utf8');
		const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
		const { job, wrong } = read(
			example,
			Object.fromEntries([...example.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, 'secret'])),
		);
		expect(wrong).toEqual([]);
		expect(job?.feeds.map(({ transport: { kind } }) => kind)).toEqual(['redisStreams', 'kafka', 'mqtt']);
	});

	it('says what is missing', () => {
		expect(read('name: a').wrong).toEqual([
			expect.stringMatching(/^store: store is missing/),
			expect.stringMatching(/^feeds: feeds is missing/),
		]);
	});
});
