import type Redis from 'ioredis';
import type { SubscribeOptions } from '../../app/ports/message-bus';
import type { GroupKeys } from './stream-keys';
import type { LeaseKeeper } from './stream-leases';
import { openPartition, type StreamPartition } from './stream-partition';
import { tellRemoval } from './stream-removal';

/** Waits for an answer, or gives the connection up. */
export type Ask = <T>(reply: Promise<T>, waitMs?: number) => Promise<T>;

/** The partitions that a session reads. */
export interface Holdings {
	/** Opens what is ours by now, and lets go of what is not, or is due to others. */
	current(): Promise<StreamPartition[]>;
	has(partition: StreamPartition): boolean;
}

/** What is remembered of the partitions from session to session, by their numbers. */
export interface Remembered {
	/** Where a group that is not there begins. */
	readonly begins: SubscribeOptions['from'][];
	/** As they stood when they were read last, unless that was to be somebody else's then. */
	readonly former: Map<number, StreamPartition>;
}

export function holdings(
	redis: Redis,
	ask: Ask,
	keys: GroupKeys,
	leases: LeaseKeeper,
	{ group, onLoss = () => undefined }: SubscribeOptions,
	{ begins, former }: Remembered,
): Holdings {
	const open = new Map<number, { taking: number; partition: StreamPartition }>();

	const has = (partition: StreamPartition) =>
		!partition.isGone && open.get(partition.index)?.taking === leases.takingOf(partition.index);

	const take = async (index: number): Promise<void> => {
		const partitionKeys = keys.partitions[index];
		const taking = leases.takingOf(index);
		if (!partitionKeys || taking === null) return;
		const before = former.get(index);
		if (before) await ask(tellRemoval(redis, before, onLoss));
		const prefix = keys.partitions.length > 1 ? `${index}/` : '';
		const one = { index, keys: partitionKeys, group, prefix };
		const partition = await ask(openPartition(redis, one, begins[index] ?? 'start', onLoss));
		// A group that vanishes later took with it what was read: whatever the stream holds then is new.
		begins[index] = 'start';
		if (!partition) return;
		open.set(index, { taking, partition });
		former.set(index, partition);
	};

	return {
		has,
		current: async () => {
			const held = leases.held();
			const surplus = held.slice(held.length - leases.surplus());
			if (surplus.length > 0) await leases.giveBack(surplus);
			for (const { partition } of [...open.values()]) {
				if (has(partition)) continue;
				open.delete(partition.index);
				if (!partition.isGone) former.delete(partition.index);
			}
			for (const index of leases.held()) if (!open.has(index)) await take(index);
			return [...open.values()].map(({ partition }) => partition);
		},
	};
}
