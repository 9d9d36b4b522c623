/** A firing as two versions of a rule are compared by. */
export interface ComparedFiring {
	readonly vehicleId: number;
	readonly openedAt: number;
	readonly clearedAt: number | null;
}

export interface FiringDifference<F extends ComparedFiring> {
	/** How many firings of the one opened for the same vehicle at the same time as one of the other. */
	readonly inBoth: number;
	readonly onlyBefore: readonly F[];
	readonly onlyAfter: readonly F[];
}

/** Firings are the same when they opened for the same vehicle at the same time. */
export function firingDifference<F extends ComparedFiring>(
	before: readonly F[],
	after: readonly F[],
): FiringDifference<F> {
	const [keysBefore, keysAfter] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
	const onlyAfter = after.filter((firing) => !keysBefore.has(keyOf(firing)));
	return {
		inBoth: after.length - onlyAfter.length,
		onlyBefore: before.filter((firing) => !keysAfter.has(keyOf(firing))),
		onlyAfter,
	};
}

const keyOf = ({ vehicleId, openedAt }: ComparedFiring): string => `${vehicleId} ${openedAt}`;
