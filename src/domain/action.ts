/** What an action does, rendered when the rule fired: later changes of rule or records do not alter it. */
export type ActionContent =
	| { readonly type: 'sendEmail'; readonly to: string; readonly subject: string; readonly text: string }
	| { readonly type: 'storeLog'; readonly message: string }
	| {
			readonly type: 'createTask';
			readonly title: string;
			readonly description: string | null;
			/** The task is completed when the firing clears, if it is still open. */
			readonly completeOnClear?: true;
	  };

export type ActionType = ActionContent['type'];

/** `dead`: given up after the last attempt; stays visible and can be run again. */
export type ActionState = 'pending' | 'done' | 'dead';

export interface Action {
	readonly id: number;
	readonly firingId: number;
	/** Position in the rule's list of actions. */
	readonly position: number;
	/** When what it follows happened; `firingId`, `position` and `occurredAt` together are the action's key. */
	readonly occurredAt: number;
	readonly content: ActionContent;
	readonly state: ActionState;
	readonly attempts: number;
	/** Not to be attempted before; moves with each failure. */
	readonly dueAt: number;
	readonly lastError: string | null;
	readonly createdAt: number;
	readonly doneAt: number | null;
	/** What it brought about: the mail server's answer, the id of the task or the log entry. */
	readonly result: string | null;
}

/** Stands in the error of an email whose fate is unknown, and in its result once it was sent all the same. */
export const MAYBE_SENT = 'an attempt was cut off and may have been delivered too, under the same Message-ID';

/** An action that failed this often is given up. */
export const MAX_ATTEMPTS = 10;

const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;

/** How long to wait after the `attempts`-th attempt failed: 1 minute, doubling up to 1 hour. */
export function retryDelayMs(attempts: number): number {
	return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
}

/** The same for every attempt, so that a mail that arrives twice is recognisable. Without angle brackets. */
export function emailMessageId(action: Pick<Action, 'firingId' | 'position' | 'occurredAt'>): string {
	return `firing-${action.firingId}-action-${action.position}-${action.occurredAt}@n8n-nodes-fleet`;
}
