import { parseArgs } from 'node:util';

export const WORKER_HELP = `Usage:
  n8n-nodes-fleet worker --config FILE
  n8n-nodes-fleet worker --store STORE TRANSPORT [--feed NAME]... [--group NAME]

Reads feeds outside n8n, evaluates the rules, and stores what comes of it. Any number of workers, on any number of
hosts, share a group's messages. What fires starts n8n's workflows by the Fleet Event Trigger.

STORE       postgres://USER:PASSWORD@HOST:PORT/DATABASE, or the path of a SQLite file on this host
TRANSPORT   --redis redis://HOST:PORT | --kafka HOST:PORT[,HOST:PORT]... | --mqtt mqtt://HOST:PORT | --embedded

  --feed NAME           a feed to read; may be given several times; default fleet.status
  --group NAME          whose messages these are; default fleet
  --batch-size NUMBER   messages taken at once, at most; default 1000
  --name NAME           of this worker; default the host's name and the process id
  --config FILE         all of this, and more, in YAML or JSON: store, feeds, metrics (see docs/workers.md)
  --metrics-port PORT   serve /health and /metrics there; default: nowhere
  --metrics-host HOST   default 127.0.0.1: only this host
  --log text|json       how the log is written; default text
  --help                show this

\${NAME} in any value takes the environment variable of that name, in single quotes on the command line: --redis
'redis://:\${REDIS_PASSWORD}@host:6379'. So passwords stay out of files and out of the list of processes.

SIGTERM or SIGINT: read no more, finish what is in hand, exit with 0; a second one exits at once.
Exit code: 0 stopped, 1 stopped at once, or crashed, 2 wrong usage or configuration.`;

export interface WorkerFlags {
	readonly help: boolean;
	readonly config: string | null;
	readonly log: 'text' | 'json';
	/** As a file would say it. */
	readonly store?: string;
	readonly feeds?: readonly Record<string, unknown>[];
	readonly name?: string;
	readonly metrics?: Record<string, unknown>;
}

/** A command line that cannot be understood. */
export class UsageError extends Error {}

/** @throws UsageError, and what `parseArgs` throws */
export function readWorkerFlags(args: readonly string[]): WorkerFlags {
	const { values } = parseArgs({
		args: [...args],
		options: {
			config: { type: 'string' },
			store: { type: 'string' },
			redis: { type: 'string' },
			kafka: { type: 'string' },
			mqtt: { type: 'string' },
			embedded: { type: 'boolean' },
			feed: { type: 'string', multiple: true },
			group: { type: 'string' },
			'batch-size': { type: 'string' },
			name: { type: 'string' },
			'metrics-port': { type: 'string' },
			'metrics-host': { type: 'string' },
			log: { type: 'string', default: 'text' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	const { config, log, redis, kafka, mqtt, embedded, feed, group, store } = values;
	if (log !== 'text' && log !== 'json') throw new UsageError(`--log is '${log}'. Give text or json.`);
	const transports: Record<string, unknown>[] = [
		...(redis === undefined ? [] : [{ kind: 'redisStreams', url: redis }]),
		...(kafka === undefined ? [] : [{ kind: 'kafka', brokers: kafka }]),
		...(mqtt === undefined ? [] : [{ kind: 'mqtt', url: mqtt }]),
		...(embedded === true ? [{ kind: 'embedded' }] : []),
	];
	const common = {
		help: values.help === true,
		config: config ?? null,
		log,
		...(values.name === undefined ? {} : { name: values.name }),
		...metricsOf(values['metrics-port'], values['metrics-host']),
	} as const;
	const batchSize = values['batch-size'];
	if (common.help) return common;
	if (config !== undefined) {
		const besides = [store, feed, group, batchSize, ...transports].some((given) => given !== undefined);
		if (besides)
			throw new UsageError('The store and the feeds stand in the file of --config: leave the others out.');
		return common;
	}
	if (store === undefined) throw new UsageError('Give --store, or a file with --config.');
	const [transport, ...others] = transports;
	if (transport === undefined || others.length > 0) {
		throw new UsageError(
			`${transport === undefined ? 'No transport is given' : 'More than one transport is given'}. Give one of --redis, --kafka, --mqtt and --embedded; a file with --config may name several.`,
		);
	}
	const more = {
		...(group === undefined ? {} : { group }),
		...(batchSize === undefined ? {} : { batchSize }),
	};
	const feeds = (feed ?? ['fleet.status']).map((name) => ({ feed: name, transport, ...more }));
	return { ...common, store, feeds };
}

function metricsOf(port: string | undefined, host: string | undefined): Pick<WorkerFlags, 'metrics'> {
	if (port === undefined) {
		if (host !== undefined) throw new UsageError('--metrics-host needs --metrics-port.');
		return {};
	}
	return { metrics: { port, ...(host === undefined ? {} : { host }) } };
}
