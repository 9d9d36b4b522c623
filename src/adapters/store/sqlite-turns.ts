import { StoreUnavailableError } from '../../app/errors';
import { driverErrorOf } from './driver-error';

/** How long a write waits for another process's before it gives up. */
const WRITE_WAIT_MS = 60_000;
/** So soon a writer that waits tries again, or a millisecond later, so that two do not keep in step. */
const RETRY_MS = 1;
/** After so much work without a pause worth the name, a writer leaves one for those that wait. */
const TURN_MS = 20;
const PAUSE_MS = 1;
const SQLITE_BUSY = 5;

/**
 * Whose turn it is to write to a SQLite file, among processes that know nothing of each other. SQLite's own waiting
 * stands the event loop still; so its timeout is 0, and whoever finds the file taken comes again. A feed that writes
 * without a pause would be met writing nearly every time: it lets the others in after each long turn.
 */
export class SqliteTurns {
	#begunAt = 0;
	#endedAt = 0;
	#workedMs = 0;

	/** Resolves when `attempt` does; rejects with `StoreUnavailableError` when the file is taken for a minute. */
	async begin(attempt: () => void): Promise<void> {
		const now = performance.now();
		if (now - this.#endedAt >= PAUSE_MS) this.#workedMs = 0;
		if (this.#workedMs >= TURN_MS) {
			await pause(PAUSE_MS);
			this.#workedMs = 0;
		}
		await retryBusy(async () => attempt());
		this.#begunAt = performance.now();
	}

	end(): void {
		this.#endedAt = performance.now();
		this.#workedMs += this.#endedAt - this.#begunAt;
	}
}

/** Tries until the file is free; rejects with `StoreUnavailableError` when it is not for a minute. */
export async function retryBusy<T>(attempt: () => Promise<T>): Promise<T> {
	const deadline = performance.now() + WRITE_WAIT_MS;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (!isBusy(error)) throw error;
			if (performance.now() > deadline) {
				throw new StoreUnavailableError(
					`Another process has been writing to the store for ${WRITE_WAIT_MS / 1000} seconds`,
					'End the program that holds the SQLite file (a database browser with unsaved changes, for one).',
					{ cause: error },
				);
			}
			await pause(RETRY_MS + Math.round(Math.random()));
		}
	}
}

function isBusy(error: unknown): boolean {
	const errcode = driverErrorOf(error)?.errcode ?? null;
	return errcode !== null && (errcode & 0xff) === SQLITE_BUSY;
}

async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}
