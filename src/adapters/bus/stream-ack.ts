import type Redis from 'ioredis';
import { execute } from './redis-commands';
import type { Slice } from './stream-partition';

/** Moves the group on, unless somebody else has the lease: then the reading of that one counts. */
const MOVE = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
local counted = ARGV[4] ~= '' and {'ENTRIESREAD', ARGV[4]} or {}
local moved = redis.pcall('XGROUP', 'SETID', KEYS[1], ARGV[2], ARGV[3], unpack(counted))
return (moved.err and 0) or 1`;

const SETTLE = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('XACK', KEYS[1], ARGV[2], unpack(ARGV, 3))
return 1`;

/** More than this Lua does not hand over at once. */
const IDS_AT_ONCE = 1000;

/** Acknowledges the slices; answers for each whether it was still this owner's to acknowledge. */
export async function acknowledge(redis: Redis, slices: readonly Slice[], owner: string): Promise<boolean[]> {
	const pipeline = redis.pipeline();
	const steps = slices.map((slice) => {
		const { keys, group, lost } = slice.partition;
		const { settles } = slice;
		if ('lastId' in settles) {
			const count = settles.count === null ? '' : settles.count + lost;
			pipeline.eval(MOVE, 2, keys.stream, keys.lease, owner, group, settles.lastId, count);
			return 1;
		}
		for (let first = 0; first < settles.length; first += IDS_AT_ONCE) {
			const ids = settles.slice(first, first + IDS_AT_ONCE);
			pipeline.eval(SETTLE, 2, keys.stream, keys.lease, owner, group, ...ids);
		}
		return Math.ceil(settles.length / IDS_AT_ONCE);
	});
	const replies = await execute(pipeline);
	let done = 0;
	return steps.map((count) => replies.slice(done, (done += count)).every((reply) => reply === 1));
}
