import type { FleetEventType } from '../../domain/event';
import type { StoreSession } from '../ports/store';

/** In the transaction of the change that it tells of, so that there is never one without the other. */
export async function appendEvent(
	session: StoreSession,
	type: FleetEventType,
	record: { readonly id: number },
	at: number,
): Promise<void> {
	await session.events.append([{ type, at, recordId: record.id, record: { ...record } }]);
}
