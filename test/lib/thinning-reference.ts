import type { ThinnableReport } from '../../src/domain/thin-reports';

const inOrder = (a: ThinnableReport, b: ThinnableReport) =>
	a.reportedAt - b.reportedAt || a.sequence - b.sequence || a.id - b.id;

/** Ids of the reports that thinning is to keep, by the letter of what is promised, however slowly. */
export function keptOfHours(reports: readonly ThinnableReport[]): number[] {
	const hours = new Map<string, ThinnableReport[]>();
	for (const report of reports) {
		const hour = `${report.vehicleId} ${new Date(report.reportedAt).toISOString().slice(0, 13)}`;
		hours.set(hour, [...(hours.get(hour) ?? []), report]);
	}
	const kept = new Set<number>();
	for (const unordered of hours.values()) {
		const hour = unordered.toSorted(inOrder);
		const ends = [hour.at(0), hour.at(-1)];
		for (const report of ends) if (report) kept.add(report.id);
		for (const name of new Set(hour.flatMap(({ attributes }) => Object.keys(attributes)))) {
			const numeric = hour.filter(({ attributes }) => typeof attributes[name] === 'number');
			const values = numeric.map(({ attributes }) => Number(attributes[name]));
			for (const extreme of [Math.min(...values), Math.max(...values)]) {
				const first = numeric.find(({ attributes }) => Number(attributes[name]) - extreme === 0);
				if (first) kept.add(first.id);
			}
		}
	}
	return [...kept].sort((a, b) => a - b);
}
