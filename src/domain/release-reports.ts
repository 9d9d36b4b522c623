import { compareReports, isNewer, type ReportTime } from './merge-status';

/** A report that is held back for earlier ones of its vehicle, which may still be under way. */
export interface HeldReport {
	readonly message: ReportTime;
	/** When the wait is over, whatever else comes: milliseconds of the clock. */
	readonly dueAt: number;
}

/** How far a vehicle's reports have got: the newest that came, and the last one that went past the rules. */
export interface SeenReports {
	readonly newest: ReportTime | null;
	readonly evaluated: ReportTime | null;
}

/**
 * Whether the report comes too late to count: older than the newest by more than the allowed delay, or than one that
 * was evaluated. Without a delay, that is every report that is not the newest.
 */
export function isLate(
	report: ReportTime,
	{ newest, evaluated }: SeenReports,
	allowedDelayMs: number,
): boolean {
	if (newest !== null && report.reportedAt < newest.reportedAt - allowedDelayMs) return true;
	return evaluated !== null && !isNewer(report, evaluated);
}

/**
 * Parts the reports whose wait is over from those that stay held: a report of its vehicle has come that is newer by
 * the allowed delay (`reportedAt` is at most `upTo`), or it was due at `now` or before. Whatever comes before such a
 * report in order goes with it. `released` is in the order in which reports are evaluated; `held` stays in the order
 * of arrival.
 */
export function releaseReports<R extends HeldReport>(
	held: readonly R[],
	{ upTo, now }: { readonly upTo: number; readonly now: number },
): { readonly released: readonly R[]; readonly held: readonly R[] } {
	let last: R | null = null;
	for (const report of held) {
		const isOver = report.message.reportedAt <= upTo || report.dueAt <= now;
		if (isOver && (last === null || compareReports(last.message, report.message) <= 0)) last = report;
	}
	if (last === null) return { released: [], held };
	const { message: newest } = last;
	const goes = ({ message }: R) => compareReports(message, newest) <= 0;
	return {
		released: held.filter(goes).sort((a, b) => compareReports(a.message, b.message)),
		held: held.filter((report) => !goes(report)),
	};
}
