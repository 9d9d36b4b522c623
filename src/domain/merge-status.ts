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
	const { messageId, reportedAt, sequence, position, attributes } = report;
	const own = { vehicleId, messageId, reportedAt, sequence, receivedAt, position, attributes };
	if (known === null || carriesAll(known, report)) return own;
	const merged = {
		...own,
		position: position ?? known.position,
		attributes: { ...known.attributes, ...attributes },
	};
	const valueTimes = olderValues(known, report);
	return valueTimes === undefined ? merged : { ...merged, valueTimes };
}

/** Whether nothing of what is known outlives the report, as with most devices: they send all that they have. */
function carriesAll(
	known: VehicleStatus,
	{ attributes, position }: Pick<StatusMessage, 'attributes' | 'position'>,
): boolean {
	if (position === null && known.position !== null) return false;
	for (const name in known.attributes) if (!Object.hasOwn(attributes, name)) return false;
	return true;
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
