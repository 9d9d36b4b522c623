import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './checks';
import { buildMutant } from './build-mutant';
import { type Mutant, MUTANTS } from './mutants';
import { type RunOptions, runScenario } from './run-scenario';
import type { Scenario } from './scenarios';

export interface MutantResult {
	readonly name: string;
	/** What went red. */
	readonly caughtBy: readonly Check[];
}

/** The run without a mutant, which must stay green. */
export const AS_IT_IS = 'no mutant';

/** So many messages that a kill hits a batch, and one worker, which has the feed when it is killed. */
const SCENARIO: Scenario = {
	name: 'mutant',
	transport: 'embedded',
	partitions: 1,
	store: 'sqlite',
	n8n: null,
	n8nWorkers: 0,
	feedWorkers: 1,
	perSecond: 1_000,
};

const SIDE_BY_SIDE = 2;

type MutantOptions = Omit<
	RunOptions,
	'minutes' | 'keeps' | 'only' | 'rounds' | 'restMs' | 'leaseMs' | 'patienceMs'
>;

/**
 * Runs the scenario as it is, where nothing may go red, then with each mutant, where something must. `folder`: beside
 * the scripts, where their packages are found.
 */
export async function runMutants(
	options: MutantOptions & { readonly isShort: boolean; readonly root: string; readonly folder: string },
): Promise<MutantResult[]> {
	const { isShort, root, folder, scripts, say } = options;
	const due: (Mutant | null)[] = [null, ...MUTANTS.filter((mutant) => mutant.isShort || !isShort)];
	const results = due.map((mutant): MutantResult => ({ name: mutant?.name ?? AS_IT_IS, caughtBy: [] }));
	const runOne = async (mutant: Mutant | null): Promise<MutantResult['caughtBy']> => {
		const own = mkdtempSync(join(folder, 'mutant-'));
		try {
			say(mutant === null ? 'as it is' : `mutant: ${mutant.name}`);
			const script = mutant && { [mutant.of]: await buildMutant(mutant, root, own) };
			const { checks } = await runScenario(SCENARIO, {
				...options,
				...{ minutes: null, keeps: false, only: ['kill -9 feed worker'], patienceMs: 5_000 },
				// A worker that is back has the feed again before it is killed, or the kill would hit nothing.
				...{ rounds: 4, restMs: 2_000, leaseMs: 1_000 },
				scripts: { ...scripts, ...script },
				say: () => undefined,
			});
			return checks.filter(({ wrong }) => wrong > 0);
		} finally {
			rmSync(own, { recursive: true, force: true });
		}
	};
	const queue = [...due.entries()];
	const work = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
			const [index, mutant] = next;
			results[index] = { name: mutant?.name ?? AS_IT_IS, caughtBy: await runOne(mutant) };
		}
	};
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
	return results;
}
