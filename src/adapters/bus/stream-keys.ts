import { crc32 } from 'node:zlib';
import { InvalidFieldError } from '../../domain/errors';

/** The Redis keys of one partition of a feed, as one group reads it. */
export interface PartitionKeys {
	readonly stream: string;
	/** Holds the name of the subscriber that reads the stream for the group. */
	readonly lease: string;
}

export interface GroupKeys {
	readonly partitions: readonly PartitionKeys[];
	/** The subscribers of the group that live, each with when it counts as dead unless it is heard of again. */
	readonly members: string;
}

/** Throws `InvalidFieldError` unless it is a whole number from 1 to 1,024. */
export function checkedPartitions(count: number): number {
	if (Number.isInteger(count) && count >= 1 && count <= 1024) return count;
	throw new InvalidFieldError(
		'partitions',
		`A feed cannot have ${count} partitions`,
		'Give a whole number from 1 to 1024, the same to everybody who publishes or reads the feed.',
	);
}

/** One partition is the stream that has the feed's name; more are `feed:0`, `feed:1` and so on. */
export function streamsOf(feed: string, count: number): string[] {
	return count === 1 ? [feed] : Array.from({ length: count }, (_, index) => `${feed}:${index}`);
}

/**
 * Which partition has a key's messages: the CRC-32 (as in zlib and PNG) of the key's UTF-8 bytes, modulo the number
 * of partitions. Whoever writes to the streams by other means does the same, so that a vehicle's order is kept.
 */
export function partitionOf(key: string, count: number): number {
	return count === 1 ? 0 : crc32(key) % count;
}

export function groupKeys(feed: string, group: string, count: number): GroupKeys {
	// Without colons, so that no two pairs of feed and group have the same keys.
	const name = `${feed}:${encodeURIComponent(group)}`;
	return {
		partitions: streamsOf(feed, count).map((stream, index) => ({
			stream,
			lease: `fleet:lease:${name}:${index}`,
		})),
		members: `fleet:members:${name}`,
	};
}
