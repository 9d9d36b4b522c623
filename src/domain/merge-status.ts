import type { StatusMessage, VehicleStatus } from './status';

type ReportTime = Pick<VehicleStatus, 'reportedAt' | 'sequence'>;

/** Whether `report` may take the place of what is known. Of two with one time and sequence, the later arrival. */
export function isNewer(report: ReportTime, known: ReportTime): boolean {
	return (
		report.reportedAt > known.reportedAt ||
		(report.reportedAt === known.reportedAt && report.sequence >= known.sequence)
	);
}

/** Orders reports by their time, then by sequence; a stable sort keeps those with both the same as they arrived. */
export function compareReports(left: ReportTime, right: ReportTime): number {
	return left.reportedAt - right.reportedAt || left.sequence - right.sequence;
}

/**
 * The vehicle's status after a report that is newer than `known`: the report overrides the attributes that it
 * carries, and the position when it carries one. Null when the report is older, so that nothing changes.
 */
export function mergeStatus(
	known: VehicleStatus | null,
	report: StatusMessage,
	vehicleId: number,
	receivedAt: number,
): VehicleStatus | null {
	if (known !== null && !isNewer(report, known)) return null;
	return {
		vehicleId,
		messageId: report.messageId,
		reportedAt: report.reportedAt,
		sequence: report.sequence,
		receivedAt,
		position: report.position ?? known?.position ?? null,
		attributes: known === null ? report.attributes : { ...known.attributes, ...report.attributes },
	};
}
