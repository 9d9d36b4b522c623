import type { FleetEvent } from '../../domain/event';
import type { StoredOccasion } from './store-actions';

const EVENT_TYPES = {
	fired: 'ruleFired',
	escalated: 'ruleEscalated',
	lowered: null,
	reminded: null,
	cleared: 'ruleCleared',
} as const;

/** What this batch made happen, for whoever listens. */
export function batchEvents(occasions: readonly StoredOccasion[], at: number): FleetEvent[] {
	return occasions.flatMap(({ kind, firing, tasks }) => {
		const type = EVENT_TYPES[kind];
		return [
			...(type === null ? [] : [event(type, firing, at)]),
			...tasks.map((task) => event('taskCreated', task, at)),
		];
	});
}

function event(type: FleetEvent['type'], record: { readonly id: number }, at: number): FleetEvent {
	return { type, at, recordId: record.id, record: { ...record } };
}
