import type { FeedListener, FeedMetrics } from '../app/feed/feed-run';
import type { BatchResult } from '../app/feed/process-batch';
import { FileServerError } from '../app/errors';
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
	/** Of a `FileServerError`, which stays one; null for others. */
	readonly isTransient: boolean | null;
}

/** What went wrong in a thread, with the message and the hint that it had there. */
export class ThreadError extends FleetError {}

export function toPlain(error: unknown): PlainError {
	if (!(error instanceof Error))
		return { message: String(error), hint: null, stack: null, isTransient: null };
	const hint = error instanceof FleetError ? error.hint : null;
	const isTransient = error instanceof FileServerError ? error.isTransient : null;
	return { message: error.message, hint, stack: error.stack ?? null, isTransient };
}

function withClass({ message, hint, isTransient }: PlainError): Error {
	if (hint === null) return new Error(message);
	return isTransient === null
		? new ThreadError(message, hint)
		: new FileServerError(message, hint, isTransient);
}

export function fromPlain(plain: PlainError): Error {
	const error = withClass(plain);
	const { stack } = plain;
	if (stack !== null) error.stack = stack;
	return error;
}
