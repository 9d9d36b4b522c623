import type { Attributes } from './attributes';
import { compareReports } from './merge-status';

export const HOUR_MS = 3_600_000;

export interface ThinnableReport {
	readonly id: number;
	readonly vehicleId: number;
	readonly reportedAt: number;
	readonly sequence: number;
	readonly attributes: Attributes;
}

interface Extremes {
	lowest: ThinnableReport;
	highest: ThinnableReport;
}

export interface Thinner {
	/** Takes the next report, and answers the ids of those so far that need not be kept. */
	take(report: ThinnableReport): readonly number[];
}

/**
 * Finds the reports that an old history can do without. Of every vehicle and full hour (UTC) it keeps the first and
 * the last report and, for each numeric attribute, the reports with its lowest and its highest value; of several the
 * first. Reports are whole or gone, and what was kept once is kept when it is thinned again. They are to come vehicle
 * by vehicle in the order of `reportedAt`.
 */
export function reportThinner(): Thinner {
	let hour: HourOfVehicle | null = null;
	return {
		take(report) {
			const at = Math.floor(report.reportedAt / HOUR_MS);
			if (hour === null || hour.vehicleId !== report.vehicleId || hour.at !== at) {
				hour = new HourOfVehicle(report, at);
				return [];
			}
			return hour.take(report);
		},
	};
}

class HourOfVehicle {
	readonly vehicleId: number;
	/** For how many reasons each report is kept. */
	readonly #reasons = new Map<number, number>();
	readonly #extremes = new Map<string, Extremes>();
	#first: ThinnableReport;
	#last: ThinnableReport;

	constructor(
		first: ThinnableReport,
		readonly at: number,
	) {
		this.vehicleId = first.vehicleId;
		this.#first = first;
		this.#last = first;
		this.#reasons.set(first.id, 2);
		this.#compare(first, []);
	}

	take(report: ThinnableReport): number[] {
		const dropped: number[] = [];
		this.#reasons.set(report.id, 0);
		if (isBefore(report, this.#first)) this.#first = this.#replace(this.#first, report, dropped);
		if (isBefore(this.#last, report)) this.#last = this.#replace(this.#last, report, dropped);
		this.#compare(report, dropped);
		if (this.#reasons.get(report.id) === 0) this.#drop(report.id, dropped);
		return dropped;
	}

	#compare(report: ThinnableReport, dropped: number[]): void {
		for (const [name, value] of Object.entries(report.attributes)) {
			if (typeof value !== 'number') continue;
			const known = this.#extremes.get(name);
			if (known === undefined) {
				this.#extremes.set(name, { lowest: report, highest: report });
				this.#reasons.set(report.id, (this.#reasons.get(report.id) ?? 0) + 2);
				continue;
			}
			const order = (than: ThinnableReport) => value - Number(than.attributes[name]);
			const [low, high] = [order(known.lowest), order(known.highest)];
			if (low < 0 || (low === 0 && isBefore(report, known.lowest))) {
				known.lowest = this.#replace(known.lowest, report, dropped);
			}
			if (high > 0 || (high === 0 && isBefore(report, known.highest))) {
				known.highest = this.#replace(known.highest, report, dropped);
			}
		}
	}

	#replace(before: ThinnableReport, after: ThinnableReport, dropped: number[]): ThinnableReport {
		this.#reasons.set(after.id, (this.#reasons.get(after.id) ?? 0) + 1);
		const left = (this.#reasons.get(before.id) ?? 0) - 1;
		this.#reasons.set(before.id, left);
		if (left === 0) this.#drop(before.id, dropped);
		return after;
	}

	#drop(id: number, dropped: number[]): void {
		this.#reasons.delete(id);
		dropped.push(id);
	}
}

const isBefore = (left: ThinnableReport, right: ThinnableReport): boolean =>
	(compareReports(left, right) || left.id - right.id) < 0;
