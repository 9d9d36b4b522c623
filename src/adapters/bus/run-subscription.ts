import { BusUnavailableError } from '../../app/errors';
import type {
	IncomingMessage,
	MessageBatch,
	SubscribeOptions,
	Subscription,
} from '../../app/ports/message-bus';
import { backoffMs, pause } from './pause';

/** Past this a subscription's first attempt goes on behind the caller's back. */
const FIRST_ATTEMPT_MS = 1000;
const DEFAULT_DRAIN_MS = 10_000;
/** A session that fails sooner, and without a batch, has brought nothing back: the pauses go on growing. */
const STEADY_MS = 30_000;
/** After a failure, a session has to last for so long, or to hand out a batch, before it is told to be up. */
const UP_AFTER_MS = 2000;
export const DEFAULT_RETRY_MAX_MS = 15_000;

/** What a transport's reading session is given. */
export interface Session {
	/** Aborted when the subscription closes: read no more. */
	readonly closing: AbortSignal;
	/** To be called once the feed can be read. */
	ready(): void;
	/**
	 * Hands a batch out and waits until it is settled. False when it was not acknowledged and is to be delivered
	 * again; the pause that goes before that is over. Never rejects.
	 */
	deliver(messages: readonly IncomingMessage[], ack: () => Promise<void>): Promise<boolean>;
}

interface Runner {
	/** Reads until `closing` aborts, or rejects when the transport fails; leaves nothing open in either case. */
	session(session: Session): Promise<void>;
	/** Why a session failed, for a person. */
	describe(error: unknown): string;
	/** Messages that wait for the group; absent, null or a rejection where nobody can tell. */
	lag?(): Promise<number | null>;
	/** The longest pause between two attempts. */
	readonly retryMaxMs: number;
}

/**
 * Runs one session after the other for as long as it takes, until the subscription is closed. Resolves when the first
 * has begun or failed, at the latest after a second.
 */
export async function runSubscription(
	runner: Runner,
	options: SubscribeOptions,
	onBatch: (batch: MessageBatch) => Promise<void>,
): Promise<Subscription> {
	const closing = new AbortController();
	const firstAttempt = new AbortController();
	let toldUp: boolean | undefined;
	let attempts = 0;
	let refusals = 0;
	let inHand: Promise<void> = Promise.resolve();
	let isAbandoned = false;
	let letGo = () => undefined as void;

	const tell = (reason: string | null) => {
		firstAttempt.abort();
		const up = reason === null;
		if (toldUp === up || closing.signal.aborted) return;
		toldUp = up;
		options.onState?.({ up, reason });
	};

	const deliver: Session['deliver'] = async (messages, ack) => {
		if (closing.signal.aborted) return false;
		attempts = 0;
		tell(null);
		let isAcked = false;
		const batch: MessageBatch = {
			messages,
			ack: async () => {
				if (isAcked) return;
				if (isAbandoned) throw closedError();
				await ack();
				isAcked = true;
			},
		};
		// A rejection needs no more than a batch that was left unacknowledged: delivery once more, after a pause.
		inHand = Promise.resolve()
			.then(() => onBatch(batch))
			.catch(() => undefined);
		await new Promise<void>((resolve) => {
			letGo = resolve;
			void inHand.then(resolve);
		});
		refusals = isAcked ? 0 : refusals + 1;
		if (!isAcked) await pause(backoffMs(refusals, runner.retryMaxMs), closing.signal);
		return isAcked;
	};

	const runSession = async (): Promise<void> => {
		let upSoon: NodeJS.Timeout | undefined;
		const begunAt = performance.now();
		const ready = () => {
			if (toldUp !== false) tell(null);
			else upSoon ??= setTimeout(() => tell(null), UP_AFTER_MS);
		};
		try {
			await runner.session({ closing: closing.signal, ready, deliver });
		} catch (error) {
			tell(runner.describe(error));
		}
		clearTimeout(upSoon);
		if (performance.now() - begunAt > STEADY_MS) attempts = 0;
	};

	const loop = (async () => {
		while (!closing.signal.aborted) {
			await runSession();
			attempts += 1;
			await pause(backoffMs(attempts, runner.retryMaxMs), closing.signal);
		}
	})();

	await pause(FIRST_ATTEMPT_MS, firstAttempt.signal);
	return {
		lag: async () => (await runner.lag?.().catch(() => null)) ?? null,
		close: async (drainMs = DEFAULT_DRAIN_MS) => {
			closing.abort();
			const settled = new AbortController();
			void inHand.then(() => settled.abort());
			await pause(drainMs, settled.signal);
			isAbandoned = true;
			letGo();
			await loop;
		},
	};
}

export function closedError(): BusUnavailableError {
	return new BusUnavailableError(
		'The subscription was closed before this batch was acknowledged',
		'Nothing to do: the batch is delivered again to the next subscriber of the group.',
	);
}
