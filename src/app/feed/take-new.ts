import type { StoreSession } from '../ports/store';
import type { VehicleReport } from './match-vehicles';

/** Enters the reports in the inbox and answers those that were not there: the others had their effect before. */
export async function takeNew(
	session: Pick<StoreSession, 'inbox'>,
	feed: string,
	reports: readonly VehicleReport[],
	receivedAt: number,
): Promise<readonly VehicleReport[]> {
	const ids = reports.map(({ message }) => message.messageId);
	const fresh = await session.inbox.add(feed, ids, receivedAt);
	if (fresh.size === reports.length) return reports;
	return reports.filter(({ message }) => fresh.has(message.messageId));
}
