/** What an action does, rendered when the rule fired: later changes of rule or records do not alter it. */
export type ActionContent =
	| { readonly type: 'sendEmail'; readonly to: string; readonly subject: string; readonly text: string }
	| { readonly type: 'storeLog'; readonly message: string }
	| { readonly type: 'createTask'; readonly title: string; readonly description: string | null };

export type ActionType = ActionContent['type'];

/** `dead`: given up after the last attempt; stays visible and can be run again. */
export type ActionState = 'pending' | 'done' | 'dead';

export interface Action {
	readonly id: number;
	readonly firingId: number;
	/** Position in the rule's list of actions: `firingId` and `position` together are the action's key. */
	readonly position: number;
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
