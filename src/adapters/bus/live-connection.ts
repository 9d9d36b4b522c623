import { BusUnavailableError } from '../../app/errors';
import type { ServerTrouble } from './describe-network-error';
import { backoffMs, pause } from './pause';

const RETRY_MAX_MS = 1000;

/** A connection of a bus that is opened when it is needed, and anew after it broke. */
export interface LiveConnection<C> {
	/**
	 * Runs `work` on a live connection. A server that is away is waited for, `answerMs` at most; once `work` has
	 * begun, it is not begun again. Rejects with `BusUnavailableError`.
	 */
	run<T>(work: (connection: C) => Promise<T>): Promise<T>;
	/** The same for work that may be done twice: it is begun again when the connection breaks under it. */
	repeat<T>(work: (connection: C) => Promise<T>): Promise<T>;
	/** Ends the connection and whatever runs on it. */
	close(): void;
}

export interface ConnectionSource<C> {
	/** Rejects with what `describe` explains. `signal` ends it while it is being opened. */
	open(signal: AbortSignal): Promise<C>;
	isLive(connection: C): boolean;
	drop(connection: C): void;
	describe(error: unknown): ServerTrouble;
	/** How long to wait for a server that is away. */
	readonly answerMs: number;
}

export function liveConnection<C>(source: ConnectionSource<C>): LiveConnection<C> {
	const closing = new AbortController();
	let opening: Promise<C> | null = null;

	const connect = async (): Promise<C> => {
		const mine = (opening ??= source.open(closing.signal));
		try {
			const connection = await mine;
			if (source.isLive(connection) && !closing.signal.aborted) return connection;
			source.drop(connection);
		} catch (error) {
			if (opening === mine) opening = null;
			throw error;
		}
		if (opening === mine) opening = null;
		if (closing.signal.aborted) throw closedError();
		return await connect();
	};

	/** Attempts until it succeeds, the settings prove wrong, or time is up. */
	const inTime = async <T>(attempt: () => Promise<T>): Promise<T> => {
		const deadline = Date.now() + source.answerMs;
		for (let attempts = 1; ; attempts += 1) {
			if (closing.signal.aborted) throw closedError();
			try {
				return await attempt();
			} catch (error) {
				if (!source.describe(error).isTransient || Date.now() >= deadline) throw error;
			}
			await pause(backoffMs(attempts, RETRY_MAX_MS), closing.signal);
		}
	};

	const explained = async <T>(work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			if (error instanceof BusUnavailableError) throw error;
			const { message, hint } = source.describe(error);
			throw new BusUnavailableError(message, hint, { cause: error });
		}
	};

	return {
		run: async (work) => await explained(async () => await work(await inTime(connect))),
		repeat: async (work) =>
			await explained(async () => await inTime(async () => await work(await connect()))),
		close: () => {
			closing.abort();
			void opening?.then(source.drop, () => undefined);
		},
	};
}

function closedError(): BusUnavailableError {
	return new BusUnavailableError('The bus is closed', 'Open a new one.');
}
