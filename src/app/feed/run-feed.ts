import { BusUnavailableError, LeaseLostError } from '../errors';
import type { Fleet } from '../fleet';
import type { MessageBus } from '../ports/message-bus';
import { describeLoss } from './describe-loss';
import type { FeedListener, FeedRun, FeedRunOptions } from './feed-run';
import { lossGatherer } from './gather-losses';
import { poisonFilter } from './isolate-poison';
import { runMeter } from './measure-run';
import { type BatchResult, feedProcessor } from './process-batch';
import { quarantinedPoison } from './quarantine-poison';
import { timerBell } from './ring-timers';
import { metricsSaver } from './save-metrics';
import { within } from './within';

const DEFAULT_MAX_TRIES = 3;
/** Below the 30 s that n8n gives its triggers, and most service managers a process, to end. */
const DEFAULT_DRAIN_MS = 20_000;

/**
 * Reads a feed until it is stopped: takes each batch, acknowledges it once it is committed, and tells what it brought
 * about; rings the timers. One batch is in hand at a time, so a slow store holds the reading up, and memory stays flat.
 * A transport or a store that goes away is told and waited for.
 */
export async function startFeedRun(
	{ bus, fleet }: { readonly bus: MessageBus; readonly fleet: Fleet },
	options: FeedRunOptions,
	listener: FeedListener,
): Promise<FeedRun> {
	const { feed, group, batchSize, lingerMs, from = 'start', maxTries = DEFAULT_MAX_TRIES } = options;
	const processor = feedProcessor(fleet, options);
	const meter = runMeter(options, fleet.clock);
	const failing = { messages: false, timers: false };
	let isStopped = false;
	/** Committed, and not told yet. */
	let results: BatchResult[] = [];
	let telling: Promise<void> = Promise.resolve();

	const tell = (what: 'messages' | 'timers', error: unknown) => {
		const isNew = failing[what] !== (error !== null);
		failing[what] = error !== null;
		if (isNew && !isStopped) listener.onFailure(what, error === null ? null : asError(error));
	};
	/** Resolves when the results before these are dealt with: one batch is taken while another's results are told. */
	const tellResults = async () => {
		const told = results;
		results = [];
		await telling;
		telling = (async () => {
			for (const result of told) await listener.onResult(result);
		})().catch((error: unknown) => tell('messages', error));
	};

	const takeBatch = poisonFilter({
		maxTries,
		clock: fleet.clock,
		async process(messages) {
			let accepted = 0;
			let begunAt = performance.now();
			for await (const result of processor.processInParts(messages)) {
				meter.batch(result, (performance.now() - begunAt) / 1000);
				accepted += result.accepted;
				if (results.push(result) > 1) await tellResults();
				begunAt = performance.now();
			}
			return accepted;
		},
		async quarantine(poison) {
			const messages = poison.map((message) => quarantinedPoison(options, message, fleet.clock()));
			const rejected = await fleet.store.write(async (session) => await session.quarantine.add(messages));
			const result = { accepted: 0, duplicates: 0, stale: 0, fired: [], cleared: [], rejected };
			meter.result(result);
			results.push(result);
		},
	});
	const bell = timerBell({
		backlogSize: batchSize,
		async ring() {
			const result = await processor.ring();
			meter.result(result);
			await listener.onResult(result);
		},
		tell: (failure) => tell('timers', failure),
	});
	const losses = lossGatherer((loss) => {
		listener.onLoss(loss);
		const entry = { at: fleet.clock(), level: 'error', message: describeLoss(feed, loss) } as const;
		// The listener knows; a store that is away must not stop the feed for an entry in its log.
		void fleet.store
			.write(async ({ logs }) => await logs.append([{ ...entry, vehicleId: null, firingId: null }]))
			.catch(() => undefined);
	});

	const subscription = await bus.subscribe(
		feed,
		{
			...{ group, batchSize, from },
			...(lingerMs === undefined ? {} : { lingerMs }),
			onLoss(loss) {
				meter.lost(loss.count);
				losses.add(loss);
			},
			onState(state) {
				if (state.up) bell.opened();
				meter.state(state);
				listener.onState(state);
			},
		},
		async ({ messages, ack }) => {
			try {
				await bell.takeBatch(messages.length >= batchSize, async () => await takeBatch(messages));
				await ack();
				tell('messages', null);
			} catch (error) {
				meter.failedTry();
				// The bus tells itself when it is away; a batch that another reader has taken over is in good hands.
				if (!(error instanceof BusUnavailableError || error instanceof LeaseLostError))
					tell('messages', error);
				throw error;
			} finally {
				await tellResults();
			}
		},
	);
	bell.start(subscription.lag);
	const metrics = async () => meter.read(await subscription.lag());
	const saver = options.process === undefined ? null : metricsSaver(fleet, options.process, metrics);

	return {
		metrics,
		async stop(drainMs = DEFAULT_DRAIN_MS) {
			const deadline = performance.now() + drainMs;
			await Promise.all([within(drainMs, bell.stop()), subscription.close(drainMs)]);
			await within(Math.max(0, deadline - performance.now()), telling);
			losses.flush();
			isStopped = true;
			await saver?.stop();
		},
	};
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
