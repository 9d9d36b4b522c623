/** What a benchmark hands back: numbers under the names by which they are tracked, and rows for people. */
export interface BenchResult {
	readonly name: string;
	readonly figures: Readonly<Record<string, number>>;
	readonly rows: readonly BenchRow[];
}

export interface BenchRow {
	readonly what: string;
	/** The median of the rounds. */
	readonly perCpuSecond: number;
	readonly fastest: number;
	readonly slowest: number;
}

/** One side of a comparison: does its work once and tells how many units of it that was. */
export interface BenchSide {
	readonly what: string;
	readonly run: () => number;
}

const ROUNDS = 5;
/** A round goes on for at least this long, so that the clock's grain does not show. */
const SMALLEST_ROUND_CPU_MS = 300;

/** CPU time of this process, all threads, in milliseconds: what a neighbour's load does not stretch. */
function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

function measureRound({ run }: BenchSide): number {
	const startedAt = cpuMs();
	let units = 0;
	let spentMs: number;
	do {
		units += run();
		spentMs = cpuMs() - startedAt;
	} while (spentMs < SMALLEST_ROUND_CPU_MS);
	return (units * 1000) / spentMs;
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** Five rounds after one to warm up, in each of which every side has its turn, so that all share a slow minute. */
export function measureInTurn(sides: readonly BenchSide[]): BenchRow[] {
	const rounds: number[][] = sides.map(() => []);
	for (let round = 0; round <= ROUNDS; round++) {
		sides.forEach((side, index) => {
			const perSecond = measureRound(side);
			if (round > 0) rounds[index]?.push(perSecond);
		});
	}
	return sides.map(({ what }, index) => {
		const measured = rounds[index] ?? [];
		return {
			what,
			perCpuSecond: median(measured),
			fastest: Math.max(...measured),
			slowest: Math.min(...measured),
		};
	});
}
