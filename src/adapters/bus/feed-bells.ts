import { EventEmitter } from 'node:events';
import type { Database } from '../store/database';

const emitters = new WeakMap<Database, EventEmitter>();

function emitterOf(database: Database): EventEmitter {
	let emitter = emitters.get(database);
	if (!emitter) {
		emitter = new EventEmitter().setMaxListeners(0);
		emitters.set(database, emitter);
	}
	return emitter;
}

/** To be called after messages of a feed were committed: this process's subscribers need not wait for their next poll. */
export function ringFeed(database: Database, feed: string): void {
	emitterOf(database).emit(feed);
}

/** Returns how to stop listening. */
export function onFeedRing(database: Database, feed: string, listener: () => void): () => void {
	const emitter = emitterOf(database);
	emitter.on(feed, listener);
	return () => void emitter.off(feed, listener);
}
