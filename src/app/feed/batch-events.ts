import type { FleetEvent } from '../../domain/event';
import type { Task } from '../../domain/task';
import type { ClearedFiring, OpenedFiring } from './save-firings';

/** What this batch made happen, for whoever listens. */
export function batchEvents(
	opened: readonly OpenedFiring[],
	tasks: readonly Task[],
	cleared: readonly ClearedFiring[],
	at: number,
): FleetEvent[] {
	return [
		...opened.map(({ firing }) => event('ruleFired', firing, at)),
		...tasks.map((task) => event('taskCreated', task, at)),
		...cleared.map(({ firing }) => event('ruleCleared', firing, at)),
	];
}

function event(type: FleetEvent['type'], record: { readonly id: number }, at: number): FleetEvent {
	return { type, at, recordId: record.id, record: { ...record } };
}
