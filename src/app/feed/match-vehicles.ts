import type { StatusMessage } from '../../domain/status';
import type { Vehicle } from '../../domain/vehicle';
import { vehicleByKey, vehicleKeyCandidates } from '../../domain/vehicle-key';
import type { StoreSession } from '../ports/store';
import type { QuarantinedMessage } from '../ports/store-statuses';
import { quarantined, type ReadReport } from './read-messages';

export interface VehicleReport {
	readonly message: StatusMessage;
	readonly vehicle: Vehicle;
}

/**
 * Finds the vehicle of every report. Those that no vehicle has the key of do not enter the inbox: sent again after
 * the vehicle was added, they are taken.
 */
export async function matchVehicles(
	session: Pick<StoreSession, 'vehicles'>,
	feed: string,
	reports: readonly ReadReport[],
	receivedAt: number,
): Promise<{ known: VehicleReport[]; unknown: QuarantinedMessage[] }> {
	const candidates = new Set(reports.flatMap(({ message }) => vehicleKeyCandidates(message.vehicleKey)));
	const found = await session.vehicles.findByKeys([...candidates]);
	const byKey = new Map<string, Vehicle | null>();
	const known: VehicleReport[] = [];
	const unknown: QuarantinedMessage[] = [];
	for (const report of reports) {
		const { message } = report;
		const key = message.vehicleKey;
		let vehicle = byKey.get(key);
		if (vehicle === undefined) byKey.set(key, (vehicle = vehicleByKey(key, found)));
		if (vehicle === null) unknown.push(quarantined(feed, noSuchVehicle(report), receivedAt));
		else known.push({ message, vehicle });
	}
	return { known, unknown };
}

const noSuchVehicle = ({ message: { messageId, vehicleKey }, payload, delivery }: ReadReport) => ({
	messageId,
	payload,
	delivery,
	field: 'vehicle',
	reason: `vehicle: there is no vehicle '${vehicleKey}'`,
	hint: 'Add the vehicle with this VIN, plate or external id, then send the message again.',
});
