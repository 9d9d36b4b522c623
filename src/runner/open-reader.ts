import { Worker } from 'node:worker_threads';
import { closedError } from '../adapters/bus/run-subscription';
import { BusUnavailableError } from '../app/errors';
import type { MessageBatch, SubscribeOptions } from '../app/ports/message-bus';
import { type Deferred, deferred } from './deferred';
import { type FromReader, fromColumns, type ToReader } from './reader-messages';
import { threadFile } from './thread-file';
import { fromPlain, type PlainError } from './thread-messages';
import type { ReadWork } from './thread-work';

/** For closing what is open, after draining; less than who runs the feed gives it. */
const CLOSING_MS = 2000;

export interface ReaderListener extends Pick<SubscribeOptions, 'onLoss' | 'onState'> {
	/**
	 * Called with the next batch when one is acknowledged, settled or not; a batch that is not acknowledged when this
	 * settles is delivered again.
	 */
	onBatch(batch: MessageBatch): Promise<void>;
}

/** One life of a thread that reads a feed. */
export interface OpenReader {
	/** Rejects when the transport's options are refused, or the thread ends before. */
	readonly started: Promise<void>;
	/** Resolves when the thread is gone, whyever, with what ended it. */
	readonly ended: Promise<Error>;
	/** Null when the thread is gone. */
	lag(): Promise<number | null>;
	/** Stops reading; resolves when the batch in hand is settled, or after `drainMs`, and the thread is gone. */
	close(drainMs: number): Promise<void>;
}

export function openReader(work: ReadWork, listener: ReaderListener): OpenReader {
	const worker = new Worker(threadFile(), {
		workerData: work,
		name: `fleet read ${work.feed}`.slice(0, 60),
	});
	const post = (message: ToReader) => worker.postMessage(message);
	const started = deferred<void>();
	const ended = deferred<Error>();
	const acks = new Map<number, Deferred<void>>();
	const lags = new Map<number, Deferred<number | null>>();
	let lastAsked = 0;
	let isClosing = false;
	let isGone = false;
	let cause: Error | undefined;

	const acknowledge = async (id: number): Promise<void> => {
		if (isGone) throw isClosing ? closedError() : gone(work.feed);
		const answer = deferred<void>();
		acks.set(id, answer);
		post({ type: 'ack', id });
		await answer.promise;
	};

	const handOut = async (id: number, columns: Parameters<typeof fromColumns>[0]): Promise<void> => {
		let isAcked = false;
		const ack = async () => {
			if (!isAcked) await acknowledge(id);
			isAcked = true;
		};
		// A rejection needs no more than a batch that was left unacknowledged.
		await listener.onBatch({ messages: fromColumns(columns), ack }).catch(() => undefined);
		if (!isAcked) post({ type: 'refuse', id });
	};

	worker.on('message', (message: FromReader) => {
		switch (message.type) {
			case 'started':
				return started.resolve();
			case 'refused':
				cause = fromPlain(message.error);
				return;
			case 'batch':
				return void handOut(message.id, message.messages);
			case 'acked':
				if (message.error === null) acks.get(message.id)?.resolve();
				else acks.get(message.id)?.reject(busError(message.error));
				acks.delete(message.id);
				return;
			case 'lag':
				lags.get(message.id)?.resolve(message.lag);
				lags.delete(message.id);
				return;
			case 'state':
				return listener.onState?.(message.state);
			case 'loss':
				return listener.onLoss?.(message.loss);
		}
	});
	worker.on('error', (error: Error) => (cause = error));
	worker.on('exit', (code) => {
		isGone = true;
		const error = cause ?? new Error(`it ended with code ${code}`);
		started.reject(error);
		for (const { reject } of acks.values()) reject(isClosing ? closedError() : gone(work.feed));
		for (const { resolve } of lags.values()) resolve(null);
		ended.resolve(error);
	});

	return {
		started: started.promise,
		ended: ended.promise,
		async lag() {
			if (isGone) return null;
			const id = ++lastAsked;
			const answer = deferred<number | null>();
			lags.set(id, answer);
			post({ type: 'lag', id });
			return await answer.promise;
		},
		async close(drainMs) {
			isClosing = true;
			if (isGone) return;
			post({ type: 'close', drainMs });
			const timer = setTimeout(() => void worker.terminate(), drainMs + CLOSING_MS);
			await ended.promise;
			clearTimeout(timer);
		},
	};
}

const gone = (feed: string) =>
	new BusUnavailableError(
		`The thread that reads the feed '${feed}' is gone`,
		'Nothing to do: it is started anew, and what was not acknowledged is delivered again.',
	);

/** Whatever the transport said, it is the transport's trouble and no message's. */
function busError(error: PlainError): Error {
	return error.hint === null ? fromPlain(error) : new BusUnavailableError(error.message, error.hint);
}
