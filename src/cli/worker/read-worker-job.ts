import type { TransportOptions } from '../../adapters/bus/open-bus';
import type { FeedRunOptions } from '../../app/feed/feed-run';
import { InvalidFieldError } from '../../domain/errors';
import { parseMessageFormat } from '../../domain/message-formats/parse-message-format';
import { assertFilter } from '../../domain/mqtt-topic';
import { parseObject } from '../../domain/rules/parse-object';
import type { WorkerJob } from '../../runner/worker-job';
import { type Environment, expandEnvironment } from './expand-environment';
import { attempt, oneOf, port, readFields, type Report, text, wholeNumber } from './read-fields';
import { readStore } from './read-store';
import { readTransport } from './read-transport';

const EXAMPLE = '{ feed: fleet.status, transport: { kind: redisStreams, url: "redis://redis.example.com" } }';
const SECONDS = wholeNumber(0, 86_400);

type WorkerFeed = WorkerJob['feeds'][number];

/**
 * What a worker is to do, from what its file or its flags say; null when something in it is wrong. Each mistake is
 * reported with its path.
 */
export function readWorkerJob(
	value: unknown,
	{ environment, name, report }: { environment: Environment; name: string; report: Report },
): WorkerJob | null {
	let isWrong = false;
	const noting: Report = (error) => {
		isWrong = true;
		report(error);
	};
	const expanded = expandEnvironment(value, environment, noting);
	const given = readFields(
		expanded,
		'',
		{ name: text, store: readStore, feeds: readFeeds, metrics: readMetrics },
		{ report: noting, what: 'the file', example: `{ store: /data/fleet.sqlite, feeds: [${EXAMPLE}] }` },
	);
	const has = (field: string) => typeof expanded === 'object' && expanded !== null && field in expanded;
	if (!has('store')) noting(missing('store', 'postgres://fleet:${PGPASSWORD}@db.example.com/fleet'));
	if (!has('feeds')) noting(missing('feeds', `[${EXAMPLE}]`));
	const { store, feeds } = given;
	if (isWrong || store === undefined || feeds === undefined) return null;
	return { name: given.name ?? name, store, feeds, metrics: given.metrics ?? null };
}

function readFeeds(value: unknown, field: string, report: Report): WorkerFeed[] {
	if (!Array.isArray(value) || value.length === 0) {
		throw new InvalidFieldError(field, `${field} names no feed`, `Give a list: [${EXAMPLE}].`);
	}
	const read = value.flatMap(
		(entry: unknown, index) => attempt(report, () => readFeed(entry, `${field}[${index}]`, report)) ?? [],
	);
	const seen = new Set<string>();
	read.forEach(({ run: { feed, group } }, index) => {
		const key = JSON.stringify([feed, group]);
		if (feed !== '' && seen.has(key)) {
			report(
				new InvalidFieldError(
					`${field}[${index}].feed`,
					`The feed '${feed}' is given twice for the group '${group}'`,
					'Leave one out, or give it another group, which gets all of the messages as well.',
				),
			);
		}
		seen.add(key);
	});
	return read;
}

function readFeed(value: unknown, field: string, report: Report): WorkerFeed {
	const given = parseObject(value, field, EXAMPLE);
	const { feed, transport, futureToleranceSeconds, allowedDelaySeconds, ...run } = readFields(
		given,
		field,
		{
			feed: text,
			transport: readTransport,
			group: text,
			batchSize: wholeNumber(1, 10_000),
			lingerMs: wholeNumber(0, 60_000),
			from: oneOf(['start', 'now']),
			futureToleranceSeconds: SECONDS,
			allowedDelaySeconds: SECONDS,
			maxTries: wholeNumber(1, 100),
			format: parseMessageFormat,
		},
		{ report, example: EXAMPLE },
	);
	if (given.feed === undefined) report(missing(`${field}.feed`, 'fleet.status'));
	if (given.transport === undefined) report(missing(`${field}.transport`, '{ kind: embedded }'));
	if (feed !== undefined && transport?.kind === 'mqtt') {
		attempt(
			({ message, hint }) => report(new InvalidFieldError(`${field}.feed`, message, hint)),
			() => assertFilter(feed),
		);
	}
	const options: FeedRunOptions = {
		group: 'fleet',
		batchSize: 1000,
		...run,
		feed: feed ?? '',
		...(futureToleranceSeconds === undefined ? {} : { maxFutureMs: futureToleranceSeconds * 1000 }),
		...(allowedDelaySeconds === undefined ? {} : { allowedDelayMs: allowedDelaySeconds * 1000 }),
	};
	const carrier: TransportOptions = transport ?? { kind: 'embedded' };
	return { transport: carrier, run: options };
}

function readMetrics(value: unknown, field: string, report: Report): WorkerJob['metrics'] {
	const example = '{ port: 9464 }';
	const given = parseObject(value, field, example);
	const read = readFields(given, field, { host: text, port }, { report, example });
	if (given.port === undefined) throw missing(`${field}.port`, '9464');
	return { host: read.host ?? '127.0.0.1', port: read.port ?? 0 };
}

const missing = (field: string, example: string) =>
	new InvalidFieldError(field, `${field} is missing`, `Give e.g. ${field.split('.').at(-1)}: ${example}.`);
