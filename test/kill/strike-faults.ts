import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults';

/** Faults that struck, by kind. */
export type FaultCount = Map<string, number>;

export interface Plan {
	/** Null: each kind of fault once in each of `rounds`, then the end. */
	readonly minutes: number | null;
	readonly rounds: number;
	/** How long all is left alone before each of these faults, at least. */
	readonly restMs: number;
	readonly random: () => number;
	onStrike(kind: string): void;
}

const PAUSE_MS = 2_000;
/** Of the faults of a long run, so many strike while another one lasts. */
const TOGETHER = 0.3;

export async function strikeFaults(faults: readonly Fault[], plan: Plan): Promise<FaultCount> {
	const { minutes, rounds, restMs, random, onStrike } = plan;
	const count: FaultCount = new Map();
	const strike = async (fault: Fault) => {
		onStrike(fault.kind);
		count.set(fault.kind, (count.get(fault.kind) ?? 0) + 1);
		await fault.strike();
	};
	const some = (from: readonly Fault[]) => from[Math.floor(random() * from.length)];
	if (minutes === null) {
		const due = Array.from({ length: rounds }, () => oneOfAKind(shuffled(faults, random))).flat();
		for (const fault of due) {
			await sleep(restMs + random() * PAUSE_MS);
			await strike(fault);
		}
		return count;
	}
	const until = Date.now() + minutes * 60_000;
	while (Date.now() < until) {
		await sleep(random() * PAUSE_MS * 2);
		const first = some(faults);
		const others = faults.filter(({ hits }) => !hits.some((hit) => first?.hits.includes(hit)));
		const second = random() < TOGETHER ? some(others) : undefined;
		await Promise.all([first, second].map(async (fault) => fault && (await strike(fault))));
	}
	return count;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
	return items
		.map((item) => ({ item, place: random() }))
		.sort((a, b) => a.place - b.place)
		.map(({ item }) => item);
}

/** One worker stands for all. */
function oneOfAKind(faults: readonly Fault[]): Fault[] {
	return [...new Map(faults.map((fault) => [fault.kind, fault])).values()];
}
