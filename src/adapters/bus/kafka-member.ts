import { LeaseLostError } from '../../app/errors';
import { bell } from './bell';
import { SilentServerError } from './describe-network-error';
import { closeClient, openMember, type Reader } from './kafka-client';
import { isMembershipOver, isPassing, isRepeatable, patiently } from './kafka-errors';
import { answerMsOf, sessionMsOf, type KafkaOptions } from './kafka-options';
import { pause } from './pause';

export type Offsets = ReadonlyMap<number, number>;

/** The partitions that a group has given to one of its members until it is shared out anew. */
export interface Share {
	readonly partitions: readonly number[];
	/** Aborted when the group shares out anew, or the member failed: hand out no more. */
	readonly ended: AbortSignal;
	/** Where the group goes on reading, by partition. Rejects with `LeaseLostError` when the share is not ours any more. */
	commit(next: Offsets): Promise<void>;
	/** To be called when nothing of it is in hand any more: the group waits for that, for half a session at most. */
	release(): void;
}

export interface Member {
	join(): Promise<void>;
	/** The share of the moment, or the next one; rejects when the membership has failed for good. */
	share(): Promise<Share>;
	/** What the group has committed, by partition; partitions of which it has not yet are left out. */
	committed(partitions: readonly number[]): Promise<Offsets>;
	/** Rejects nothing. */
	leave(): Promise<void>;
}

/** A member of a group that reads one feed. */
export function groupMember(options: KafkaOptions, feed: string, group: string): Member {
	const leaving = new AbortController();
	const shared = bell();
	let current: HeldShare | null = null;
	let failure: { readonly error: unknown } | null = null;

	const giveUp = async () => {
		const held = current;
		current = null;
		await held?.end(sessionMsOf(options) / 2);
	};
	const consumer = openMember(options, group, giveUp);
	consumer.topics.track(feed);

	const fail = (error: unknown) => {
		failure ??= { error };
		void current?.end(0);
		shared.ring();
	};
	/** What the group's leader, who shares out what there is, knew of at least. */
	let sharedOut = 0;
	const countPartitions = async () => {
		const { topics } = await consumer.metadata({ topics: [feed], forceUpdate: true });
		return topics.get(feed)?.partitionsCount ?? 0;
	};
	const join = async () => {
		const isWorth = (error: unknown) => isMembershipOver(error) || isPassing(error);
		const once = async () => {
			const count = await countPartitions();
			await consumer.joinGroup({});
			sharedOut = count;
		};
		await patiently(once, sessionMsOf(options), leaving.signal, isWorth);
	};
	/** Partitions that are added are nobody's until the leader joins anew; nobody knows whether it is this member. */
	const watchPartitions = async () => {
		while (!leaving.signal.aborted) {
			await pause(sessionMsOf(options), leaving.signal);
			const count = leaving.signal.aborted ? 0 : await countPartitions().catch(() => 0);
			if (count > sharedOut && !leaving.signal.aborted) await join().catch(fail);
		}
	};
	consumer.on('consumer:group:join', () => {
		current = holdShare(consumer, feed, answerMsOf(options), leaving.signal);
		shared.ring();
	});
	// The library joins anew by itself when the group is shared out, and tells here that it could not.
	consumer.on('error', () => void join().catch(fail));
	consumer.on('consumer:heartbeat:stalled', ({ lastError }) =>
		fail(lastError ?? new SilentServerError('No answer to a heartbeat')),
	);

	return {
		join: async () => {
			await join();
			void watchPartitions();
		},
		share: async () => {
			for (;;) {
				if (failure !== null) throw failure.error;
				if (current !== null && !current.share.ended.aborted) return current.share;
				await shared.wait(sessionMsOf(options), leaving.signal);
				if (leaving.signal.aborted) throw new Error('Left the group');
			}
		},
		committed: async (partitions) => {
			const byTopic = await consumer.listCommittedOffsets({
				topics: [{ topic: feed, partitions: [...partitions] }],
			});
			const offsets = byTopic.get(feed) ?? [];
			return new Map(
				partitions.flatMap((partition) => {
					const offset = offsets[partition] ?? -1n;
					return offset < 0n ? [] : [[partition, Number(offset)] as const];
				}),
			);
		},
		leave: async () => {
			leaving.abort();
			void current?.end(0);
			await closeClient(consumer);
		},
	};
}

interface HeldShare {
	readonly share: Share;
	/** Resolves when it is released, or after `patienceMs`. */
	end(patienceMs: number): Promise<void>;
}

function holdShare(consumer: Reader, feed: string, answerMs: number, leaving: AbortSignal): HeldShare {
	const { memberId, generationId } = consumer;
	const partitions = consumer.assignments?.find(({ topic }) => topic === feed)?.partitions ?? [];
	const ended = new AbortController();
	const released = new AbortController();
	const commitOnce = async (next: Offsets) => {
		// Kafka takes a member's word for what is its own: under a newer membership it would accept this.
		if (consumer.memberId !== memberId || consumer.generationId !== generationId) throw lost(feed);
		const offsets = [...next].map(([partition, offset]) => ({
			topic: feed,
			partition,
			offset: BigInt(offset),
			leaderEpoch: -1,
		}));
		await consumer.commit({ offsets });
	};
	return {
		share: {
			partitions,
			ended: ended.signal,
			commit: async (next) => {
				const isWorth = (error: unknown) => !isMembershipOver(error) && isRepeatable(error);
				try {
					await patiently(async () => await commitOnce(next), answerMs, leaving, isWorth);
				} catch (error) {
					throw isMembershipOver(error) ? lost(feed, error) : error;
				}
			},
			release: () => released.abort(),
		},
		end: async (patienceMs) => {
			ended.abort();
			await pause(patienceMs, released.signal);
		},
	};
}

const lost = (feed: string, cause?: unknown) =>
	Object.assign(new LeaseLostError(`A batch of the feed '${feed}'`), { cause });
