import { backoffMs, pause } from './pause';

/** An error with all that it is made of, and their causes; the outermost first. */
export function unfold(error: unknown): object[] {
	if (typeof error !== 'object' || error === null) return [];
	const parts: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
	return [error, ...parts.flatMap(unfold), ...unfold('cause' in error ? error.cause : null)];
}

function has(error: unknown, property: string, value: unknown): boolean {
	return unfold(error).some((part) => Reflect.get(part, property) === value);
}

/** Whether the broker answered with one of these errors, which are named as Kafka's protocol names them. */
export function isAnswer(error: unknown, ...ids: readonly string[]): boolean {
	return ids.some((apiId) => has(error, 'apiId', apiId));
}

/** The group has given this member's partitions, or all of them anew, to others. */
export function isMembershipOver(error: unknown): boolean {
	return has(error, 'needsRejoin', true);
}

export function isUnknownTopic(error: unknown): boolean {
	return (
		unfold(error).some((part) => 'message' in part && /^Unknown topic /.test(String(part.message))) ||
		isAnswer(error, 'UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID')
	);
}

/** What a cluster that is well says in passing: a leader moves, a group is being loaded, a topic has just been made. */
export function isPassing(error: unknown): boolean {
	const isAnswered = has(error, 'code', 'PLT_KFK_PROTOCOL');
	return isUnknownTopic(error) || (isAnswered && !has(error, 'canRetry', false));
}

const FIRST_PAUSES_MAX_MS = 500;

/** Repeats `work` while it fails in passing, for `patienceMs` at most and not once `signal` is aborted. */
export async function patiently<T>(
	work: () => Promise<T>,
	patienceMs: number,
	signal: AbortSignal,
	isWorthRepeating: (error: unknown) => boolean = isPassing,
): Promise<T> {
	const deadline = Date.now() + patienceMs;
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await work();
		} catch (error) {
			if (signal.aborted || Date.now() >= deadline || !isWorthRepeating(error)) throw error;
		}
		await pause(backoffMs(attempt, FIRST_PAUSES_MAX_MS), signal);
	}
}

/** `work`, unless `signal` aborts first: then it is left to itself and this rejects. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	work.catch(() => undefined);
	let onAbort = () => undefined as void;
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(new Error('Closed'));
		if (signal.aborted) onAbort();
		else signal.addEventListener('abort', onAbort, { once: true });
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

/** Also when the connection broke before the answer came. */
export function isRepeatable(error: unknown): boolean {
	return isPassing(error) || (has(error, 'canRetry', true) && !has(error, 'canRetry', false));
}
