import { describePattern } from '../../domain/rules/describe-pattern';
import type { Rule } from '../../domain/rules/rule';
import { localDay } from '../../domain/rules/schedule';
import type { ActionCounts, BacktestFiring, BacktestFirings } from './backtest-firings';
import { firingDifference, type FiringDifference } from './firing-difference';

export interface Backtest {
	readonly rule: string;
	readonly sentence: string;
	readonly from: number;
	readonly to: number;
	/** Reports that were replayed, and vehicles that sent them. */
	readonly statuses: number;
	readonly vehicles: number;
	/** How often it would have fired. */
	readonly fired: number;
	readonly stillOpen: number;
	/** How often cooldown or daily limit would have kept it quiet. */
	readonly suppressed: number;
	readonly actions: ActionCounts;
	/** Days on which it would have fired, oldest first; `saved`: the saved rule, where it is compared with. */
	readonly days: readonly { readonly day: string; readonly fired: number; readonly saved?: number }[];
	/** Vehicles for which it would have fired, those with the most first. */
	readonly byVehicle: readonly {
		readonly vehicleId: number;
		readonly vehicle: string;
		readonly fired: number;
	}[];
	/** By vehicle, then by time. */
	readonly firings: readonly BacktestFiring[];
	/** Null when the rule was tried as it is saved. `onlyBefore`: what would not happen any more. */
	readonly difference:
		| (FiringDifference<BacktestFiring> & { readonly savedVersion: number; readonly savedFired: number })
		| null;
}

export function summarise(tried: {
	readonly saved: Rule;
	readonly after: BacktestFirings;
	readonly before: BacktestFirings | null;
	readonly from: number;
	readonly to: number;
	readonly timeZone: string;
	readonly statuses: number;
	readonly vehicles: number;
}): Backtest {
	const { saved, after, before, from, to, timeZone, statuses, vehicles } = tried;
	return {
		rule: after.rule.name,
		sentence: describePattern(after.rule.pattern),
		...{ from, to, statuses, vehicles },
		fired: after.firings.length,
		stillOpen: after.firings.filter(({ clearedAt }) => clearedAt === null).length,
		suppressed: after.suppressed,
		actions: after.actions,
		days: countByDay(after.firings, before?.firings ?? null, timeZone),
		byVehicle: countByVehicle(after.firings),
		difference: before && {
			savedVersion: saved.version,
			savedFired: before.firings.length,
			...firingDifference(before.firings, after.firings),
		},
		firings: after.firings,
	};
}

function countByDay(
	after: readonly BacktestFiring[],
	before: readonly BacktestFiring[] | null,
	timeZone: string,
): Backtest['days'] {
	const dayOf = ({ openedAt }: BacktestFiring): string => localDay(openedAt, timeZone);
	const [fired, saved] = [tally(after, dayOf), tally(before ?? [], dayOf)];
	return [...new Set([...fired.keys(), ...saved.keys()])].sort().map((day) => ({
		day,
		fired: fired.get(day) ?? 0,
		...(before === null ? {} : { saved: saved.get(day) ?? 0 }),
	}));
}

function countByVehicle(firings: readonly BacktestFiring[]): Backtest['byVehicle'] {
	const names = new Map(firings.map(({ vehicleId, vehicle }) => [vehicleId, vehicle]));
	return [...tally(firings, ({ vehicleId }) => vehicleId)]
		.map(([vehicleId, fired]) => ({ vehicleId, vehicle: names.get(vehicleId) ?? '', fired }))
		.sort((a, b) => b.fired - a.fired || a.vehicleId - b.vehicleId);
}

function tally<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, number> {
	const counts = new Map<K, number>();
	for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
	return counts;
}
