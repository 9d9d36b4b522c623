import type Redis from 'ioredis';
import { LeaseLostError } from '../../app/errors';
import type { SubscribeOptions } from '../../app/ports/message-bus';
import { fillBatch } from './fill-batch';
import type { RedisCommands } from './redis-commands';
import { answered, answerMsOf, openRedis, type RedisOptions } from './redis-connection';
import type { Session } from './run-subscription';
import { type Ask, holdings } from './stream-holdings';
import type { GroupKeys } from './stream-keys';
import { leaseKeeper } from './stream-leases';
import { lookAfter, type Slice, type StreamPartition } from './stream-partition';
import { settle, sliceReader, takenOfAll } from './stream-slices';

interface ReaderOptions extends RedisOptions {
	readonly leaseMs: number;
}

/** Bounds how long a server that vanished stays unnoticed: this and the time for an answer. */
const BLOCK_MS = 1000;

/**
 * Reads the partitions of a feed that are this subscriber's by lease, on a connection of its own, since a blocked one
 * answers nobody else; leases and acknowledgements take the bus's. What is read stays in memory until it is
 * acknowledged, and the next batch is read behind a full one while that is worked on.
 */
export function streamReader(
	options: ReaderOptions,
	feed: string,
	keys: GroupKeys,
	subscribe: SubscribeOptions,
	commands: RedisCommands,
): (session: Session) => Promise<void> {
	const { batchSize, onLoss = () => undefined } = subscribe;
	let isClosing = false;
	const leases = leaseKeeper(commands, keys, options.leaseMs, () => !isClosing);
	const remembered = {
		begins: keys.partitions.map(() => subscribe.from),
		former: new Map<number, StreamPartition>(),
	};

	const read = async (redis: Redis, { closing, ready, deliver }: Session, broken: AbortSignal) => {
		const ended = AbortSignal.any([closing, broken]);
		const ask: Ask = async (reply, waitMs = 0) => await answered(redis, reply, waitMs + answerMsOf(options));
		const ours = holdings(redis, ask, keys, leases, subscribe, remembered);
		const readMore = sliceReader(redis, ask, onLoss);

		let settling: Promise<unknown> = Promise.resolve();
		/** One after the other: what is noted ahead must not move the group back behind an acknowledgement under way. */
		const settleInTurn = async (slices: () => readonly Slice[]): Promise<Slice[]> => {
			const mine = settling.then(async () => await settle(commands, slices(), leases.owner));
			settling = mine.catch(() => undefined);
			return await mine;
		};

		const fill = async (partitions: readonly StreamPartition[], idleMs: number): Promise<Slice[]> => {
			const slices: Slice[] = [];
			for (const partition of partitions) {
				if (!(await ask(lookAfter(redis, partition, onLoss)))) continue;
				// Noted in Redis, so that whoever reads on from here does not tell of it again.
				await settleInTurn(() => [{ partition, messages: [], settles: partition.acked }]);
			}
			await fillBatch(subscribe, idleMs, ended, async (limit, waitMs) => {
				const more = await readMore(partitions, limit, waitMs);
				slices.push(...more);
				return takenOfAll(more);
			});
			return slices;
		};

		/** Until all of it is acknowledged, or somebody else's to hand out. */
		const handOut = async (batch: readonly Slice[]) => {
			const acked = new Set<Slice>();
			for (;;) {
				const slices = batch.filter((slice) => !acked.has(slice) && ours.has(slice.partition));
				if (slices.length === 0 || ended.aborted) return;
				const settleAll = async () => {
					for (const slice of await settleInTurn(() => slices)) acked.add(slice);
				};
				const messages =
					slices.length === 1 ? slices[0]?.messages : slices.flatMap((slice) => slice.messages);
				if (!messages?.length) await settleAll();
				else {
					await deliver(messages, async () => {
						await settleAll();
						if (!slices.every((slice) => acked.has(slice))) {
							throw new LeaseLostError(`A batch of the feed '${feed}'`);
						}
					});
				}
			}
		};

		let ahead: Promise<Slice[]> | null = null;
		while (!closing.aborted) {
			broken.throwIfAborted();
			const partitions = await ours.current();
			ready();
			if (partitions.length === 0) {
				ahead = null;
				await leases.change(BLOCK_MS, ended);
				await ask(redis.ping());
				continue;
			}
			const batch: Slice[] = await (ahead ?? fill(partitions, BLOCK_MS));
			ahead = takenOfAll(batch).count < batchSize ? null : fill(partitions, 0);
			ahead?.catch(() => undefined);
			await handOut(batch);
		}
	};

	return async (session) => {
		const redis = await openRedis(options, session.closing);
		const broken = new AbortController();
		let failure: unknown;
		redis.once('end', () => broken.abort(new Error('Connection is closed.')));
		session.closing.addEventListener('abort', () => (isClosing = true), { once: true });
		try {
			await leases.start((error) => {
				failure = error;
				redis.disconnect();
			});
			await read(redis, session, broken.signal);
		} catch (error) {
			throw failure ?? error;
		} finally {
			redis.disconnect();
			await leases.stop(session.closing.aborted);
		}
	};
}
