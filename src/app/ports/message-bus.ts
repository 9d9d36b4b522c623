/** What a message carries: text, or bytes where it is no UTF-8 text (compressed, protobuf). */
export type Payload = string | Uint8Array;

export interface OutgoingMessage {
	/** Messages with one key stay in their order: the vehicle. */
	readonly key: string;
	readonly payload: string;
}

export interface IncomingMessage {
	/** What the transport calls this delivery: unique in the feed, the same when it is delivered again. */
	readonly transportId: string;
	readonly payload: Payload;
	/** Where the transport has one of its own for each message, e.g. `fleet/TRUCK-7/status`: it may name the vehicle. */
	readonly topic?: string;
}

export interface MessageBatch {
	readonly messages: readonly IncomingMessage[];
	/** To be called after the effects are committed. A batch that is never acknowledged is delivered again. */
	ack(): Promise<void>;
}

export interface SubscribeOptions {
	/** Subscribers of one group share a feed's messages; each group gets all of them. */
	readonly group: string;
	/** Messages in one batch, at most. */
	readonly batchSize: number;
	/** Where a group that is new begins: `start` with all that the feed still holds, `now` with what comes next. */
	readonly from: 'start' | 'now';
	/**
	 * How long a batch that is not full waits for more, in milliseconds from its first message on. Default 0: what has
	 * come is handed out at once.
	 */
	readonly lingerMs?: number;
	/** Told of messages that are gone before this group has read them. `count` is null when nobody knows how many. */
	onLoss?(loss: { readonly count: number | null; readonly reason: string }): void;
	/** Told once per change; `down` says why, and the bus goes on trying until it is closed. */
	onState?(state: { readonly up: boolean; readonly reason: string | null }): void;
}

export interface Subscription {
	/** Messages that wait in the transport for this group; null where the transport cannot tell, or not now. Never rejects. */
	lag(): Promise<number | null>;
	/** Stops reading; resolves when the batch in hand is settled, or after `drainMs`, leaving it unacknowledged. */
	close(drainMs?: number): Promise<void>;
}

/**
 * A transport for feeds. Batches of one subscription come one at a time: the next when `onBatch` has settled. When
 * `onBatch` rejects, the batch is delivered again after a pause that grows. A server that is away, even at the
 * start, is no error: `subscribe` resolves at once and reading begins when the server is there.
 */
export interface MessageBus {
	/** Resolves when the transport has taken all of them. Rejects with `BusUnavailableError` when it cannot be reached. */
	publish(feed: string, messages: readonly OutgoingMessage[]): Promise<void>;
	subscribe(
		feed: string,
		options: SubscribeOptions,
		onBatch: (batch: MessageBatch) => Promise<void>,
	): Promise<Subscription>;
	close(): Promise<void>;
}
