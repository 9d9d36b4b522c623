import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { bell } from './bell';
import { pause } from './pause';
import type { RedisCommands } from './redis-commands';
import type { GroupKeys } from './stream-keys';

const TICK_MS = 1000;
/** Who has nothing to read sees sooner that another subscriber closed. */
const HUNGRY_TICK_MS = 250;
/** A server that does not answer lets nobody wait for the end of a lease, which then runs out by itself. */
const RELEASE_MS = 1000;

/**
 * Prolongs the leases of a subscriber, and takes free ones up to its share: the partitions are dealt out to the living
 * subscribers, to those who came first the more where it does not come out even. Answers its share, what it kept,
 * and what it has taken.
 */
const TICK = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local owner, leaseMs = ARGV[1], tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + leaseMs, owner)
redis.call('PEXPIRE', KEYS[1], leaseMs * 2)
local members = redis.call('ZRANGE', KEYS[1], 0, -1)
table.sort(members)
local rank = 0
while members[rank + 1] ~= owner do rank = rank + 1 end
local count = #KEYS - 1
local share = math.floor(count / #members)
if rank < count % #members then share = share + 1 end
local kept, taken = {}, {}
for index = 0, count - 1 do
	if redis.call('GET', KEYS[index + 2]) == owner then
		redis.call('PEXPIRE', KEYS[index + 2], leaseMs)
		kept[#kept + 1] = index
	end
end
for index = 0, count - 1 do
	if ARGV[3] == 'take' and #kept + #taken < share
			and redis.call('SET', KEYS[index + 2], owner, 'NX', 'PX', leaseMs) then
		taken[#taken + 1] = index
	end
end
return {share, kept, taken}`;

const RELEASE = `
for index = 1, #KEYS do
	if redis.call('GET', KEYS[index]) == ARGV[1] then redis.call('DEL', KEYS[index]) end
end`;

export interface LeaseKeeper {
	/** Who holds the leases, as it stands in Redis; names sort by when their subscriptions began. */
	readonly owner: string;
	/** Tells the takings of a partition apart; null when it is not ours, by our own clock. */
	takingOf(partition: number): number | null;
	held(): number[];
	/** How many of the held ones are due to others. */
	surplus(): number;
	giveBack(partitions: readonly number[]): Promise<void>;
	/** Resolves when something was taken or is due to others, after `ms`, or when `signal` aborts. */
	change(ms: number, signal: AbortSignal): Promise<void>;
	/** Resolves once the first answer is there; then goes on in the background until `stop`. */
	start(onFailure: (error: unknown) => void): Promise<void>;
	/** Prolongs no more; with `release`, lets others have what is held, without waiting long for Redis. */
	stop(release: boolean): Promise<void>;
}

/** Keeps a subscriber's leases on the partitions of a feed, for one session after the other. */
export function leaseKeeper(
	commands: RedisCommands,
	keys: GroupKeys,
	leaseMs: number,
	mayTake: () => boolean,
): LeaseKeeper {
	const owner = [new Date().toISOString(), hostname(), process.pid, randomUUID()].join(' ');
	const leases = keys.partitions.map(({ lease }) => lease);
	const changed = bell();
	const takings = new Map<number, number>();
	let validUntil = 0;
	let share = 0;
	let lastTaking = 0;
	let releases = 0;
	let stopping = new AbortController();

	const held = () => (performance.now() < validUntil ? [...takings.keys()] : []);

	const tick = async () => {
		const began = performance.now();
		const releasesBefore = releases;
		const args = [owner, leaseMs, mayTake() ? 'take' : 'keep'];
		const reply = await commands.repeat(
			async (redis) => await redis.eval(TICK, leases.length + 1, keys.members, ...leases, ...args),
		);
		// What was given back meanwhile may stand in the reply as kept; the next one has the rest as well.
		if (releases > releasesBefore) return;
		const [newShare, kept, taken] = reply as [number, number[], number[]];
		for (const partition of takings.keys()) if (!kept.includes(partition)) takings.delete(partition);
		for (const partition of [...kept, ...taken]) {
			if (!takings.has(partition)) takings.set(partition, (lastTaking += 1));
		}
		share = newShare;
		validUntil = began + leaseMs;
		if (taken.length > 0 || takings.size > share) changed.ring();
	};

	const keepTicking = async (signal: AbortSignal, onFailure: (error: unknown) => void) => {
		while (!signal.aborted) {
			const isHungry = takings.size === 0 || takings.size < share;
			await pause(Math.min(isHungry ? HUNGRY_TICK_MS : TICK_MS, leaseMs / 3), signal);
			if (signal.aborted) return;
			await tick().catch((error: unknown) => {
				if (!signal.aborted) onFailure(error);
				return pause(TICK_MS, signal);
			});
		}
	};

	const release = async (partitions: readonly number[]) => {
		const names = partitions.flatMap((partition) => leases[partition] ?? []);
		for (const partition of partitions) takings.delete(partition);
		if (names.length === 0) return;
		releases += 1;
		await commands.repeat(async (redis) => await redis.eval(RELEASE, names.length, ...names, owner));
		releases += 1;
	};

	const leave = async () => {
		const left = new AbortController();
		const leaving = Promise.all([
			release([...takings.keys()]),
			commands.run(async (redis) => await redis.zrem(keys.members, owner)),
		]);
		void leaving.catch(() => undefined).finally(() => left.abort());
		await pause(RELEASE_MS, left.signal);
	};

	return {
		owner,
		held,
		takingOf: (partition) => (performance.now() < validUntil ? (takings.get(partition) ?? null) : null),
		surplus: () => Math.max(0, held().length - share),
		giveBack: release,
		change: changed.wait,
		start: async (onFailure) => {
			stopping = new AbortController();
			takings.clear();
			await tick();
			void keepTicking(stopping.signal, onFailure);
		},
		stop: async (isLast) => {
			stopping.abort();
			if (isLast && validUntil > 0) await leave();
		},
	};
}
