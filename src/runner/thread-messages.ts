import type { FeedListener, FeedMetrics } from '../app/feed/feed-run';
import type { BatchResult } from '../app/feed/process-batch';
import { FleetError } from '../domain/errors';

/** From who started the thread. */
export type ToThread =
	| { readonly type: 'stop'; readonly drainMs: number | undefined }
	| { readonly type: 'metrics'; readonly id: number }
	/** The result is dealt with: the next batch may come. */
	| { readonly type: 'taken'; readonly id: number };

/** From the thread. It ends itself after `stopped`, and after `refused`. */
export type FromThread =
	| { readonly type: 'started' }
	| { readonly type: 'refused'; readonly error: PlainError }
	| { readonly type: 'stopped' }
	| { readonly type: 'result'; readonly id: number; readonly result: BatchResult }
	| { readonly type: 'state'; readonly state: Parameters<FeedListener['onState']>[0] }
	| { readonly type: 'loss'; readonly loss: Parameters<FeedListener['onLoss']>[0] }
	| { readonly type: 'failure'; readonly what: 'messages' | 'timers'; readonly error: PlainError | null }
	| { readonly type: 'metrics'; readonly id: number; readonly metrics: FeedMetrics };

/** An error as it crosses between threads, where its class and its hint would be lost. */
export interface PlainError {
	readonly message: string;
	/** Null for an error that nobody foresaw. */
	readonly hint: string | null;
	readonly stack: string | null;
}

/** What went wrong in a feed's thread, with the message and the hint that it had there. */
export class FeedThreadError extends FleetError {}

export function toPlain(error: unknown): PlainError {
	if (!(error instanceof Error)) return { message: String(error), hint: null, stack: null };
	const hint = error instanceof FleetError ? error.hint : null;
	return { message: error.message, hint, stack: error.stack ?? null };
}

export function fromPlain({ message, hint, stack }: PlainError): Error {
	const error = hint === null ? new Error(message) : new FeedThreadError(message, hint);
	if (stack !== null) error.stack = stack;
	return error;
}
