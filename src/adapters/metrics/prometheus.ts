import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FeedMetrics, StoreMetrics } from '../../app/ports/store-operations';

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

const OF_FEED = ['feed', 'group'] as const;

/**
 * Everything in Prometheus's text format: this process's feeds, what the store holds (null: it did not answer), and
 * the process itself. Times are in seconds.
 */
export async function renderPrometheus(
	feeds: readonly FeedMetrics[],
	store: StoreMetrics | null,
	now: number,
): Promise<string> {
	const registry = new Registry();
	addFeeds(registry, feeds);
	addStore(registry, store, now);
	return `${await registry.metrics()}\n${await processMetrics().metrics()}`;
}

function addFeeds(registry: Registry, feeds: readonly FeedMetrics[]): void {
	const gauge = (name: string, help: string, valueOf: (run: FeedMetrics) => number | null) => {
		const metric = new Gauge({ name, help, labelNames: OF_FEED, registers: [registry] });
		for (const run of feeds) {
			const value = valueOf(run);
			if (value !== null) metric.set(labels(run), value);
		}
	};
	const counter = (
		name: string,
		help: string,
		label: string,
		valuesOf: (run: FeedMetrics) => Readonly<Record<string, number>>,
	) => {
		const metric = new Counter({ name, help, labelNames: [...OF_FEED, label], registers: [registry] });
		for (const run of feeds) {
			for (const [value, count] of Object.entries(valuesOf(run))) {
				metric.inc({ ...labels(run), [label]: value }, count);
			}
		}
	};
	gauge('fleet_feed_up', 'Whether the transport of the feed is reached (1) or not (0)', ({ isUp }) =>
		isUp ? 1 : 0,
	);
	gauge('fleet_feed_start_time_seconds', 'When this run of the feed began', (run) => run.startedAt / 1000);
	gauge('fleet_feed_last_batch_time_seconds', 'When the last batch was committed', ({ lastBatchAt }) =>
		lastBatchAt === null ? null : lastBatchAt / 1000,
	);
	gauge('fleet_feed_lag_messages', 'Messages that wait in the transport', ({ lag }) => lag);
	counter(
		'fleet_feed_messages_total',
		'Messages by what became of them; those that are stale are among the accepted',
		'result',
		({ accepted, duplicates, stale, rejected, lost }) => ({ accepted, duplicates, stale, rejected, lost }),
	);
	counter('fleet_firings_total', 'Firings by what happened to them', 'change', ({ fired, cleared }) => ({
		fired,
		cleared,
	}));
	const failed = new Counter({
		name: 'fleet_feed_failed_tries_total',
		help: 'Batches that could not be processed and were tried again',
		labelNames: OF_FEED,
		registers: [registry],
	});
	for (const run of feeds) failed.inc(labels(run), run.failedTries);
	registry.registerMetric(new CountedHistogram(feeds));
}

const labels = ({ feed, group }: FeedMetrics) => ({ feed, group });

const BATCH_SECONDS = {
	name: 'fleet_feed_batch_seconds',
	help: 'How long batches took, from their delivery to their commit',
	labelNames: OF_FEED,
};

/** A histogram of what was counted elsewhere: prom-client's own takes observations only. */
class CountedHistogram extends Histogram<string> {
	readonly #feeds: readonly FeedMetrics[];

	constructor(feeds: readonly FeedMetrics[]) {
		super({ ...BATCH_SECONDS, registers: [] });
		this.#feeds = feeds;
	}

	/** What the registry asks a histogram for. */
	async getForPromString() {
		const { name, help } = BATCH_SECONDS;
		const values = this.#feeds.flatMap((run) => {
			const { buckets, count, sum } = run.batchSeconds;
			const row = (suffix: string, value: number, more: { le?: string | number } = {}) => ({
				metricName: `${name}_${suffix}`,
				labels: { ...more, ...labels(run) },
				value,
			});
			return [
				...buckets.map((bucket) => row('bucket', bucket.count, { le: bucket.atMost })),
				row('bucket', count, { le: '+Inf' }),
				row('sum', sum),
				row('count', count),
			];
		});
		return { name, help, type: 'histogram', values };
	}
}

function addStore(registry: Registry, store: StoreMetrics | null, now: number): void {
	const gauge = (name: string, help: string, labelNames: string[] = []) =>
		new Gauge({ name, help, labelNames, registers: [registry] });
	gauge('fleet_store_up', 'Whether the store answered (1) or not (0)').set(store === null ? 0 : 1);
	if (store === null) return;
	gauge('fleet_vehicles', 'Vehicles of the fleet').set(store.vehicles);
	gauge('fleet_history_rows', 'Reports in the history, roughly').set(store.historyRows);
	gauge('fleet_open_firings', 'Firings whose rule is still met').set(store.openFirings);
	const actions = gauge('fleet_actions', 'Actions that wait to be done, or were given up', ['state']);
	actions.set({ state: 'pending' }, store.pendingActions);
	actions.set({ state: 'dead' }, store.deadActions);
	const oldest = store.oldestPendingActionAt;
	gauge('fleet_oldest_pending_action_age_seconds', 'Age of the oldest pending action; 0 without any').set(
		oldest === null ? 0 : Math.max(0, now - oldest) / 1000,
	);
	const rejected = gauge('fleet_quarantined_messages', 'Rejected messages that are kept', ['feed']);
	for (const { feed, count } of store.rejectedMessages) rejected.set({ feed }, count);
}

let ofProcess: Registry | undefined;

/** CPU, memory, garbage collection and delay of the event loop: watched from the first call on. */
function processMetrics(): Registry {
	if (ofProcess === undefined) {
		ofProcess = new Registry();
		collectDefaultMetrics({ register: ofProcess });
	}
	return ofProcess;
}
