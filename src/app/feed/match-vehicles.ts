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
 * Finds the vehicle of every report; what `vehicles` lacks, by keys, in the store, and adds it there. Reports whose key
 * no vehicle has do not enter the inbox: sent again after the vehicle was added, they are taken.
 */
export async function matchVehicles(
	session: Pick<StoreSession, 'vehicles'>,
	feed: string,
	reports: readonly ReadReport[],
	receivedAt: number,
	vehicles: Map<string, Vehicle>,
): Promise<{ known: VehicleReport[]; unknown: QuarantinedMessage[] }> {
	const known: VehicleReport[] = [];
	const missing: ReadReport[] = [];
	for (const report of reports) {
		const vehicle = vehicles.get(report.message.vehicleKey);
		if (vehicle === undefined) missing.push(report);
		else known.push({ message: report.message, vehicle });
	}
	if (missing.length === 0) return { known, unknown: [] };
	await findVehicles(session, missing, vehicles);
	return {
		known: reports.flatMap(({ message }) => {
			const vehicle = vehicles.get(message.vehicleKey);
			return vehicle === undefined ? [] : { message, vehicle };
		}),
		unknown: missing
			.filter(({ message }) => !vehicles.has(message.vehicleKey))
			.map((report) => quarantined(feed, noSuchVehicle(report), receivedAt)),
	};
}

/** Adds the vehicles that are not there yet, by the keys that messages give them. */
async function findVehicles(
	{ vehicles }: Pick<StoreSession, 'vehicles'>,
	missing: readonly ReadReport[],
	known: Map<string, Vehicle>,
): Promise<void> {
	const keys = new Set(missing.map(({ message }) => message.vehicleKey));
	const candidates = new Set([...keys].flatMap(vehicleKeyCandidates));
	const found = await vehicles.findByKeys([...candidates]);
	for (const key of keys) {
		const vehicle = vehicleByKey(key, found);
		if (vehicle !== null) known.set(key, vehicle);
	}
}

const noSuchVehicle = ({ message: { messageId, vehicleKey }, payload, delivery }: ReadReport) => ({
	messageId,
	payload,
	delivery,
	field: 'vehicle',
	reason: `vehicle: there is no vehicle '${vehicleKey}'`,
	hint: 'Add the vehicle with this VIN, plate or external id, then replay the message (Fleet → Rejected Message).',
});
