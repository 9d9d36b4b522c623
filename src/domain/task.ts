export type TaskState = 'created' | 'complete' | 'canceled';

export interface Task {
	readonly id: number;
	readonly title: string;
	readonly description: string | null;
	readonly state: TaskState;
	readonly vehicleId: number | null;
	readonly customerId: number | null;
	readonly dueAt: number | null;
	/** The firing whose action created the task, or null for a task that a person added. */
	readonly firingId: number | null;
	/** Rules that watch this task's vehicles for as long as its state is `created`. */
	readonly ruleIds: readonly number[];
	readonly createdAt: number;
	readonly updatedAt: number;
	/** When the task was completed or canceled. */
	readonly closedAt: number | null;
}

export type TaskFields = Omit<
	Task,
	'id' | 'state' | 'firingId' | 'ruleIds' | 'createdAt' | 'updatedAt' | 'closedAt'
>;
