/** What a benchmark hands back: numbers under the names by which they are tracked, and rows for people. */
export interface BenchResult {
	readonly name: string;
	readonly figures: Readonly<Record<string, number>>;
	readonly rows: readonly BenchRow[];
}

export interface BenchRow {
	readonly what: string;
	/** Units of work per second of the clock: the median of the rounds. */
	readonly perSecond: number;
	readonly clock: BenchClock;
	readonly fastest: number;
	readonly slowest: number;
	/** Where it was watched: the median of the rounds, and the most that memory grew by in one. */
	readonly eventLoopP99Ms?: number;
	readonly memoryGrowthMb?: number;
}

/** `cpu`: what this process spent, which a neighbour's load does not stretch; `wall`: where several processes work. */
export type BenchClock = 'cpu' | 'wall';

/** How many units of work were done, and the time of it in milliseconds where the side measures that itself. */
export type Work =
	number | { readonly units: number; readonly spentMs: number; readonly process?: ProcessFigures };

/** How the process fared whose event loop must not be held up. */
export interface ProcessFigures {
	readonly eventLoopP99Ms: number;
	readonly memoryGrowthMb: number;
}

/** One side of a comparison. */
export interface BenchSide {
	readonly what: string;
	/** Default: `cpu`. */
	readonly clock?: BenchClock;
	/** Before each `run`, and not measured. */
	readonly prepare?: () => Promise<void>;
	/** Does its work once. */
	readonly run: () => Work | Promise<Work>;
}

const ROUNDS = 5;
/** A round goes on for at least this long, so that the clock's grain does not show. */
const SMALLEST_ROUND_MS = 300;

/** Milliseconds: of this process, all threads, or of the clock on the wall. */
function now(clock: BenchClock): number {
	if (clock === 'wall') return performance.now();
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

interface Round {
	readonly perSecond: number;
	readonly watched: readonly ProcessFigures[];
}

async function measureRound({ clock = 'cpu', prepare, run }: BenchSide): Promise<Round> {
	const watched: ProcessFigures[] = [];
	let units = 0;
	let spentMs = 0;
	do {
		await prepare?.();
		const startedAt = now(clock);
		const work = await run();
		spentMs += typeof work === 'number' ? now(clock) - startedAt : work.spentMs;
		units += typeof work === 'number' ? work : work.units;
		if (typeof work !== 'number' && work.process) watched.push(work.process);
	} while (spentMs < SMALLEST_ROUND_MS);
	return { perSecond: (units * 1000) / spentMs, watched };
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** Five rounds after one to warm up, in each of which every side has its turn, so that all share a slow minute. */
export async function measureInTurn(sides: readonly BenchSide[]): Promise<BenchRow[]> {
	const rounds: Round[][] = sides.map(() => []);
	for (let round = 0; round <= ROUNDS; round++) {
		for (const [index, side] of sides.entries()) {
			const measured = await measureRound(side);
			if (round > 0) rounds[index]?.push(measured);
		}
	}
	return sides.map(({ what, clock = 'cpu' }, index) => {
		const measured = (rounds[index] ?? []).map(({ perSecond }) => perSecond);
		const watched = (rounds[index] ?? []).flatMap((round) => round.watched);
		return {
			what,
			clock,
			perSecond: median(measured),
			fastest: Math.max(...measured),
			slowest: Math.min(...measured),
			...(watched.length > 0 && {
				eventLoopP99Ms: median(watched.map(({ eventLoopP99Ms }) => eventLoopP99Ms)),
				memoryGrowthMb: Math.max(...watched.map(({ memoryGrowthMb }) => memoryGrowthMb)),
			}),
		};
	});
}
