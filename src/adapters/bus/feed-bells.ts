import { EventEmitter } from 'node:events';
import { BroadcastChannel } from 'node:worker_threads';
import type { Database } from '../store/database';

/** The bells of one database, in this thread. */
interface Bells {
	readonly emitter: EventEmitter;
	/** To the other threads of this process, and to other connections of this one. */
	readonly channel: BroadcastChannel;
}

const bells = new WeakMap<Database, Bells>();

function bellsOf(database: Database): Bells | null {
	const known = bells.get(database);
	if (known || database.closed.aborted) return known ?? null;
	const emitter = new EventEmitter().setMaxListeners(0);
	const channel = new BroadcastChannel(`fleet feeds of ${database.name}`);
	// Neither keeps the process alive, nor outlives the database.
	channel.unref();
	channel.onmessage = (event) => {
		if (typeof event.data === 'string') emitter.emit(eventOf(event.data));
	};
	database.closed.addEventListener('abort', () => channel.close(), { once: true });
	const opened = { emitter, channel };
	bells.set(database, opened);
	return opened;
}

/** A feed may be called `error`, which is no usual event. */
const eventOf = (feed: string): string => `feed ${feed}`;

/** To be called after messages of a feed were committed: this process's subscribers need not wait for their next poll. */
export function ringFeed(database: Database, feed: string): void {
	const opened = bellsOf(database);
	if (!opened) return;
	opened.emitter.emit(eventOf(feed));
	if (!database.closed.aborted) opened.channel.postMessage(feed);
}

/** Returns how to stop listening. */
export function onFeedRing(database: Database, feed: string, listener: () => void): () => void {
	const emitter = bellsOf(database)?.emitter;
	emitter?.on(eventOf(feed), listener);
	return () => void emitter?.off(eventOf(feed), listener);
}
