import type Redis from 'ioredis';
import type { SubscribeOptions } from '../../app/ports/message-bus';
import { BATCH_CHARACTERS, pageSizer, type Taken, takenOf } from './batch-bounds';
import type { RedisCommands } from './redis-commands';
import { acknowledge } from './stream-ack';
import type { Ask } from './stream-holdings';
import { readLeft, readNew, type Slice, type StreamPartition } from './stream-partition';

export const takenOfAll = (slices: readonly Slice[]): Taken => {
	let [count, characters] = [0, 0];
	for (const { messages } of slices) {
		const taken = takenOf(messages);
		count += taken.count;
		characters += taken.characters;
	}
	return { count, characters };
};

/** Reads what is next in several partitions, in turn, and as evenly as they have it. */
export function sliceReader(
	redis: Redis,
	ask: Ask,
	tellLoss: NonNullable<SubscribeOptions['onLoss']>,
): (partitions: readonly StreamPartition[], limit: number, waitMs: number) => Promise<Slice[]> {
	const pages = pageSizer();
	let turn = 0;
	/** Begins with another one each time, so that none waits for ever where not all can be asked at once. */
	const inTurn = (all: readonly StreamPartition[]) => {
		const first = (turn += 1) % all.length;
		return [...all.slice(first), ...all.slice(0, first)];
	};
	return async (partitions, limit, waitMs) => {
		const left = partitions.find(({ leftAfter }) => leftAfter !== null);
		if (left) {
			const page = pages.size(limit);
			const slice = await ask(readLeft(redis, left, page, tellLoss));
			pages.took(takenOf(slice.messages), slice.messages.length === page);
			return [slice];
		}
		const slices: Slice[] = [];
		let [count, characters] = [0, 0];
		let asked = inTurn(partitions).slice(0, limit);
		while (asked.length > 0 && count < limit && characters < BATCH_CHARACTERS) {
			const each = Math.max(1, Math.floor(pages.size(limit - count) / asked.length));
			const blockMs = slices.length === 0 ? waitMs : 0;
			const more = await ask(readNew(redis, asked, each, blockMs), blockMs);
			slices.push(...more);
			const taken = takenOfAll(more);
			count += taken.count;
			characters += taken.characters;
			const full = more.filter(({ messages }) => messages.length === each);
			pages.took(taken, full.length > 0);
			asked = full.map(({ partition }) => partition).slice(0, limit - count);
		}
		return slices;
	};
}

/** Acknowledges; resolves with those that could be: the partitions of the others are not this owner's any more. */
export async function settle(
	commands: RedisCommands,
	slices: readonly Slice[],
	owner: string,
): Promise<Slice[]> {
	const isLast = ({ partition, settles }: Slice, index: number) =>
		!('lastId' in settles) || !slices.slice(index + 1).some((later) => later.partition === partition);
	const last = slices.filter(isLast);
	const isSettled = await commands.repeat(async (redis) => await acknowledge(redis, last, owner));
	last.forEach(({ partition, settles }, index) => {
		if (!isSettled[index]) partition.isGone = true;
		else if ('lastId' in settles) partition.acked = settles;
	});
	return slices.filter(({ partition }) => !partition.isGone);
}
