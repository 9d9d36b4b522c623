import type Redis from 'ioredis';
import { LeaseLostError } from '../../app/errors';
import type { SubscribeOptions } from '../../app/ports/message-bus';
import { fillBatch } from './fill-batch';
import type { RedisCommands } from './redis-commands';
import { answered, answerMsOf, openRedis, type RedisOptions } from './redis-connection';
import type { Session } from './run-subscription';
import { acknowledge } from './stream-ack';
import type { GroupKeys } from './stream-keys';
import { leaseKeeper } from './stream-leases';
import {
	lookAfter,
	openPartition,
	readLeft,
	readNew,
	type Slice,
	type StreamPartition,
} from './stream-partition';

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
	const { group, batchSize, onLoss = () => undefined } = subscribe;
	let isClosing = false;
	const leases = leaseKeeper(commands, keys, options.leaseMs, () => !isClosing);
	// A group that vanishes later took with it what was read: whatever the stream holds then is new.
	const begins = keys.partitions.map(() => subscribe.from);

	const read = async (redis: Redis, { closing, ready, deliver }: Session, broken: AbortSignal) => {
		const ended = AbortSignal.any([closing, broken]);
		const takings = new Map<number, { taking: number; partition: StreamPartition }>();

		const ask = async <T>(reply: Promise<T>, waitMs = 0) =>
			await answered(redis, reply, waitMs + answerMsOf(options));
		const isOurs = (partition: StreamPartition) =>
			!partition.isGone && takings.get(partition.index)?.taking === leases.takingOf(partition.index);

		/** Opens what is ours by now, and lets go of what is not, or is due to others. */
		const current = async (): Promise<StreamPartition[]> => {
			const surplus = leases.held().slice(leases.held().length - leases.surplus());
			if (surplus.length > 0) await leases.giveBack(surplus);
			for (const { partition } of takings.values()) {
				if (!isOurs(partition)) takings.delete(partition.index);
			}
			for (const index of leases.held()) {
				const partitionKeys = keys.partitions[index];
				const taking = leases.takingOf(index);
				if (takings.has(index) || !partitionKeys || taking === null) continue;
				const prefix = keys.partitions.length > 1 ? `${index}/` : '';
				const one = { index, keys: partitionKeys, group, prefix };
				const partition = await ask(openPartition(redis, one, begins[index] ?? 'start', onLoss));
				begins[index] = 'start';
				if (partition) takings.set(index, { taking, partition });
			}
			return [...takings.values()].map(({ partition }) => partition);
		};

		const fill = async (partitions: readonly StreamPartition[], idleMs: number): Promise<Slice[]> => {
			const slices: Slice[] = [];
			for (const partition of partitions) {
				if (!(await ask(lookAfter(redis, partition, onLoss)))) continue;
				// Told once: whoever reads on from here need not find it again.
				await settle([{ partition, messages: [], settles: partition.acked }]);
			}
			await fillBatch(subscribe, idleMs, ended, async (limit, waitMs) => {
				const more = await readMore(partitions, limit, waitMs);
				slices.push(...more);
				return countOf(more);
			});
			return slices;
		};

		let turn = 0;
		/** Begins with another one each time, so that none waits for ever where not all can be asked at once. */
		const inTurn = (all: readonly StreamPartition[]) => {
			const first = (turn += 1) % all.length;
			return [...all.slice(first), ...all.slice(0, first)];
		};

		/** From all of them in turn, as evenly as they have it. */
		const readMore = async (partitions: readonly StreamPartition[], limit: number, waitMs: number) => {
			const left = partitions.find(({ leftAfter }) => leftAfter !== null);
			if (left) return [await ask(readLeft(redis, left, limit, onLoss))];
			const slices: Slice[] = [];
			let asked = inTurn(partitions).slice(0, limit);
			for (let count = 0; asked.length > 0 && count < limit;) {
				const each = Math.max(1, Math.floor((limit - count) / asked.length));
				const blockMs = slices.length === 0 ? waitMs : 0;
				const more = await ask(readNew(redis, asked, each, blockMs), blockMs);
				slices.push(...more);
				count += countOf(more);
				asked = more
					.filter(({ messages }) => messages.length === each)
					.map(({ partition }) => partition)
					.slice(0, limit - count);
			}
			return slices;
		};

		const handOut = async (batch: readonly Slice[]) => {
			const acked = new Set<Slice>();
			for (;;) {
				const slices = batch.filter((slice) => !acked.has(slice) && isOurs(slice.partition));
				if (slices.length === 0 || ended.aborted) return;
				const settleAll = async () => {
					for (const slice of await settle(slices)) acked.add(slice);
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

		/** Those that could be acknowledged; the partitions of the others are not ours any more. */
		const settle = async (slices: readonly Slice[]): Promise<Slice[]> => {
			const last = slices.filter(
				({ partition, settles }, index) =>
					!('lastId' in settles) || !slices.slice(index + 1).some((later) => later.partition === partition),
			);
			const isSettled = await commands.repeat(
				async (connection) => await acknowledge(connection, last, leases.owner),
			);
			last.forEach(({ partition, settles }, index) => {
				if (!isSettled[index]) partition.isGone = true;
				else if ('lastId' in settles) partition.acked = settles;
			});
			return slices.filter(({ partition }) => !partition.isGone);
		};

		let ahead: Promise<Slice[]> | null = null;
		while (!closing.aborted) {
			broken.throwIfAborted();
			const partitions = await current();
			ready();
			if (partitions.length === 0) {
				ahead = null;
				await leases.change(BLOCK_MS, ended);
				await ask(redis.ping());
				continue;
			}
			const batch: Slice[] = await (ahead ?? fill(partitions, BLOCK_MS));
			ahead = countOf(batch) < batchSize ? null : fill(partitions, 0);
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

const countOf = (slices: readonly Slice[]): number =>
	slices.reduce((count, { messages }) => count + messages.length, 0);
