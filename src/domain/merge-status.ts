import { valueTimeOf } from './rules/facts';
import type { StatusMessage, VehicleStatus } from './status';

export type ReportTime = Pick<VehicleStatus, 'reportedAt' | 'sequence'>;

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
	report: Omit<StatusMessage, 'vehicleKey'>,
	vehicleId: number,
	receivedAt: number,
): VehicleStatus | null {
	if (known !== null && !isNewer(report, known)) return null;
	const valueTimes = known === null ? undefined : olderValues(known, report);
	return {
		vehicleId,
		messageId: report.messageId,
		reportedAt: report.reportedAt,
		sequence: report.sequence,
		receivedAt,
		position: report.position ?? known?.position ?? null,
		attributes: known === null ? report.attributes : { ...known.attributes, ...report.attributes },
		...(valueTimes === undefined ? {} : { valueTimes }),
	};
}

/**
 * When the values were reported that stay as they are known, those of the position among them; undefined when the
 * report's time holds for all.
 */
function olderValues(
	known: VehicleStatus,
	{ reportedAt, attributes, position }: Pick<StatusMessage, 'reportedAt' | 'attributes' | 'position'>,
): Readonly<Record<string, number>> | undefined {
	const times: [name: string, reportedAt: number][] = [];
	const keep = (name: string) => {
		const at = valueTimeOf(known, name);
		if (at < reportedAt) times.push([name, at]);
	};
	for (const name of Object.keys(known.attributes)) if (!Object.hasOwn(attributes, name)) keep(name);
	if (position === null && known.position !== null) Object.keys(known.position).forEach(keep);
	return times.length === 0 ? undefined : Object.fromEntries(times);
}
