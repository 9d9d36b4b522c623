import type { IncomingMessage, SubscribeOptions } from '../app/ports/message-bus';
import type { PlainError } from './thread-messages';

/** From who reads a feed through a thread. */
export type ToReader =
	/** The batch's effects are committed. */
	| { readonly type: 'ack'; readonly id: number }
	/** The batch is to be delivered again. */
	| { readonly type: 'refuse'; readonly id: number }
	| { readonly type: 'lag'; readonly id: number }
	| { readonly type: 'close'; readonly drainMs: number | undefined };

/** From the thread. It ends itself after `refused`, and when it is closed. */
export type FromReader =
	| { readonly type: 'started' }
	| { readonly type: 'refused'; readonly error: PlainError }
	| { readonly type: 'batch'; readonly id: number; readonly messages: MessageColumns }
	/** The answer to `ack`; the next batch may come before whoever has this one is done. */
	| { readonly type: 'acked'; readonly id: number; readonly error: PlainError | null }
	| { readonly type: 'lag'; readonly id: number; readonly lag: number | null }
	| { readonly type: 'state'; readonly state: Told<'onState'> }
	| { readonly type: 'loss'; readonly loss: Told<'onLoss'> };

type Told<Listener extends 'onState' | 'onLoss'> = Parameters<NonNullable<SubscribeOptions[Listener]>>[0];

/** Messages as they cross between threads: three lists cost a third of a list of objects. */
export interface MessageColumns {
	readonly transportIds: readonly string[];
	readonly payloads: readonly IncomingMessage['payload'][];
	/** Null where no message has one. */
	readonly topics: readonly (string | undefined)[] | null;
}

export function toColumns(messages: readonly IncomingMessage[]): MessageColumns {
	return {
		transportIds: messages.map(({ transportId }) => transportId),
		payloads: messages.map(({ payload }) => payload),
		topics: messages.some(({ topic }) => topic !== undefined) ? messages.map(({ topic }) => topic) : null,
	};
}

export function fromColumns({ transportIds, payloads, topics }: MessageColumns): IncomingMessage[] {
	return transportIds.map((transportId, index) => {
		const message = { transportId, payload: payloads[index] ?? '' };
		const topic = topics?.[index];
		return topic === undefined ? message : { ...message, topic };
	});
}
