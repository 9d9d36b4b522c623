import type { StoreSession } from '../ports/store';
import type { VehicleOutcome } from './evaluate-reports';
import type { VehicleReport } from './match-vehicles';

/** Every report becomes history, as it came; the newest of each vehicle its current status. */
export async function saveStatuses(
	session: Pick<StoreSession, 'statuses'>,
	feed: string,
	reports: readonly VehicleReport[],
	outcomes: readonly VehicleOutcome[],
	receivedAt: number,
): Promise<void> {
	await session.statuses.append(
		reports.map(({ message, vehicle }) => ({
			feed,
			vehicleId: vehicle.id,
			messageId: message.messageId,
			reportedAt: message.reportedAt,
			sequence: message.sequence,
			receivedAt,
			position: message.position,
			attributes: message.attributes,
		})),
	);
	await session.statuses.saveCurrent(outcomes.flatMap(({ status }) => status ?? []));
}
