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

/** How many units of work were done, and the CPU time of it in milliseconds where another process spent it. */
export type Work = number | { readonly units: number; readonly cpuMs: number };

/** One side of a comparison. */
export interface BenchSide {
	readonly what: string;
	/** Before each `run`, and not measured. */
	readonly prepare?: () => Promise<void>;
	/** Does its work once. */
	readonly run: () => Work | Promise<Work>;
}

const ROUNDS = 5;
/** A round goes on for at least this long, so that the clock's grain does not show. */
const SMALLEST_ROUND_CPU_MS = 300;

/** CPU time of this process, all threads, in milliseconds: what a neighbour's load does not stretch. */
function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

async function measureRound({ prepare, run }: BenchSide): Promise<number> {
	let units = 0;
	let spentMs = 0;
	do {
		await prepare?.();
		const startedAt = cpuMs();
		const work = await run();
		spentMs += typeof work === 'number' ? cpuMs() - startedAt : work.cpuMs;
		units += typeof work === 'number' ? work : work.units;
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
export async function measureInTurn(sides: readonly BenchSide[]): Promise<BenchRow[]> {
	const rounds: number[][] = sides.map(() => []);
	for (let round = 0; round <= ROUNDS; round++) {
		for (const [index, side] of sides.entries()) {
			const perSecond = await measureRound(side);
			if (round > 0) rounds[index]?.push(perSecond);
		}
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
