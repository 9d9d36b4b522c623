import type { ExpectedFiring, Trace, TraceFiring } from './trace';

export type FiringOutcome = 'as expected' | 'different' | 'missing' | 'unexpected';

/** One expected firing beside the one that came, or either alone. */
export interface ComparedFiring {
	readonly outcome: FiringOutcome;
	readonly expected: ExpectedFiring | null;
	readonly fired: TraceFiring | null;
}

/** Pairs what fired with what was expected: same rule, vehicle and opening; then compares clearing and severity. */
export function compareFirings(trace: Trace, fired: readonly TraceFiring[]): ComparedFiring[] {
	const left = [...fired];
	const compared = trace.expect.map((expected): ComparedFiring => {
		const place = left.findIndex((firing) => isSameOpening(expected, firing));
		if (place < 0) return { outcome: 'missing', expected, fired: null };
		const [found] = left.splice(place, 1);
		if (found === undefined) return { outcome: 'missing', expected, fired: null };
		return { outcome: isMet(expected, found) ? 'as expected' : 'different', expected, fired: found };
	});
	const unexpected = left.map((firing): ComparedFiring => ({
		outcome: 'unexpected',
		expected: null,
		fired: firing,
	}));
	return [...compared, ...unexpected].sort((a, b) => openedAt(a) - openedAt(b));
}

function isSameOpening(expected: ExpectedFiring, fired: TraceFiring): boolean {
	return (
		(expected.rule === null || expected.rule === fired.rule) &&
		expected.vehicle === fired.vehicle &&
		expected.openedAt === fired.openedAt
	);
}

function isMet({ clearedAt, severity }: ExpectedFiring, fired: TraceFiring): boolean {
	return (
		(clearedAt === undefined || clearedAt === fired.clearedAt) &&
		(severity === undefined || severity === fired.severity)
	);
}

const openedAt = ({ expected, fired }: ComparedFiring): number => (expected ?? fired)?.openedAt ?? 0;
