import { FleetError } from './errors';
import { instant, recordId, required, text } from './field-parsers';
import { refuseUnknown, sortFields } from './fields';
import type { FieldInput, FieldParsers } from './fields';

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

export const TASK_PARSERS: FieldParsers<TaskFields> = {
	title: required(text(300)),
	description: text(10_000, 'lines'),
	vehicleId: recordId,
	customerId: recordId,
	dueAt: instant,
};

const REFUSED = {
	id: 'The store gives the id.',
	state: 'Complete or cancel the task instead.',
	ruleIds: 'Attach rules to the task, or detach them.',
	firingId: 'It is set on tasks that a rule has created.',
	closedAt: 'It is set when the task is completed or canceled.',
};

/**
 * The fields that `input` names, checked; a name that a task does not have is refused. Empty text is null.
 * @throws InvalidFieldError
 */
export function parseTaskFields(input: FieldInput): Partial<TaskFields> {
	const { fields, unknown } = sortFields(input, TASK_PARSERS, REFUSED);
	refuseUnknown(unknown, Object.keys(TASK_PARSERS), 'task');
	return fields;
}

export class IllegalTaskTransitionError extends FleetError {
	constructor(
		readonly from: TaskState,
		readonly to: TaskState,
	) {
		super(
			from === to ? `The task is ${from} already` : `The task is ${from} and cannot become ${to}`,
			from === 'created'
				? 'A task that is created can be completed or canceled.'
				: 'A closed task stays as it is: create a new one for what is still to be done.',
		);
	}
}

/** @throws IllegalTaskTransitionError unless an open task is completed or canceled. */
export function moveTask(from: TaskState, to: TaskState): TaskState {
	if (from !== 'created' || to === 'created') throw new IllegalTaskTransitionError(from, to);
	return to;
}
