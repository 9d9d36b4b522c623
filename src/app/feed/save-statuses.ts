import type { VehicleStatus } from '../../domain/status';
import type { StoreSession } from '../ports/store';
import type { VehicleReport } from './match-vehicles';
import type { VehicleRun } from './vehicle-run';

/** Every report becomes history, as it came; the late ones are marked. */
export async function appendHistory(
	{ statuses }: Pick<StoreSession, 'statuses'>,
	feed: string,
	reports: readonly VehicleReport[],
	late: ReadonlySet<VehicleReport>,
	receivedAt: number,
): Promise<void> {
	await statuses.append(
		reports.map((report) => ({
			feed,
			vehicleId: report.vehicle.id,
			messageId: report.message.messageId,
			reportedAt: report.message.reportedAt,
			sequence: report.message.sequence,
			receivedAt,
			position: report.message.position,
			attributes: report.message.attributes,
			isLate: late.has(report),
		})),
	);
}

/** The newest report of each vehicle becomes its current status; what waits is kept for the next batch. */
export async function saveStatuses(
	session: Pick<StoreSession, 'statuses' | 'backlogs'>,
	runs: readonly VehicleRun[],
): Promise<void> {
	const changed: VehicleStatus[] = [];
	for (const { newest, stored } of runs) if (newest !== null && newest !== stored) changed.push(newest);
	if (changed.length > 0) await session.statuses.saveCurrent(changed);
	const backlogs = runs
		.filter(({ waiting, hadBacklog }) => hadBacklog || waiting.length > 0)
		.map(({ vehicle, rules, waiting }) => ({ vehicleId: vehicle.id, evaluated: rules.status, waiting }));
	if (backlogs.length > 0) await session.backlogs.save(backlogs);
}
