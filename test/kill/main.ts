import { parseArgs } from 'node:util';
import { locateService, type Service } from '../lib/services/describe-with';
import { describeMutants, describeRun, isCaught, isGreen } from './report';
import type { Scripts } from './rig';
import { runMutants } from './run-mutants';
import { type RunOptions, runScenario } from './run-scenario';
import { type Scenario, SCENARIOS } from './scenarios';

type Pace = Pick<RunOptions, 'leaseMs' | 'patienceMs' | 'times'>;

const SHORT: Pace = {
	patienceMs: 45_000,
	leaseMs: 3_000,
	times: {
		...{ pausedMs: 6_000, hangingMs: 3_000, fullMs: 3_000, frozenMs: 7_000 },
		...{ visits: 1, visitMs: 2_500, awayMs: 1_500, toggles: 5 },
	},
};
const LONG: Pace = {
	patienceMs: 180_000,
	leaseMs: 30_000,
	times: {
		...{ pausedMs: 120_000, hangingMs: 90_000, fullMs: 15_000, frozenMs: 70_000 },
		...{ visits: 12, visitMs: 2_500, awayMs: 10_000, toggles: 100 },
	},
};

const print = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			scripts: { type: 'string' },
			scenario: { type: 'string' },
			minutes: { type: 'string' },
			seed: { type: 'string' },
			faults: { type: 'string' },
			mutants: { type: 'string' },
			keep: { type: 'boolean', default: false },
			together: { type: 'boolean', default: false },
		},
	});
	const scripts = JSON.parse(values.scripts ?? '') as Scripts;
	const minutes = values.minutes === undefined ? null : Number(values.minutes);
	const seed = Number(values.seed ?? Math.floor(Date.now() / 1000) % 1_000_000);
	const ends: (() => Promise<void>)[] = [];
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		const endAll = async () => await Promise.all(ends.map(async (end) => await end()));
		process.once(signal, () => void endAll().finally(() => process.exit(130)));
	}
	const onStart: RunOptions['onStart'] = (end) => void ends.push(end);

	const run = async (scenario: Scenario) => {
		const begunAt = Date.now();
		const say = (text: string) => {
			const at = ((Date.now() - begunAt) / 1000).toFixed(1).padStart(6);
			print(`  ${at} s  ${scenario.name}: ${text}`);
		};
		const result = await runScenario(scenario, {
			...(minutes === null ? SHORT : LONG),
			...{ seed, minutes, rounds: 1, restMs: 0, scripts, say, keeps: values.keep, onStart },
			...(values.faults === undefined ? {} : { only: values.faults.split(',') }),
		});
		print(describeRun(result));
		return isGreen(result);
	};
	const scenarios = chosen(values.scenario).filter(isPossible);
	const outcomes: boolean[] = [];
	if (values.together) outcomes.push(...(await Promise.all(scenarios.map(run))));
	else for (const scenario of scenarios) outcomes.push(await run(scenario));
	if (values.mutants !== undefined) {
		const results = await runMutants({
			...SHORT,
			...{ seed, scripts, onStart, say: (text: string) => print(`  ${text}`) },
			...{ isShort: values.mutants === 'short', root: process.cwd(), folder: __dirname },
		});
		print(describeMutants(results));
		outcomes.push(...results.map(isCaught));
	}
	const red = outcomes.filter((isGood) => !isGood).length;
	print(`  ${red === 0 ? 'all green' : `${red} not green`}; again: --seed ${seed}\n`);
	return red === 0 ? 0 : 1;
}

function chosen(names: string | undefined): readonly Scenario[] {
	if (names === undefined) return SCENARIOS;
	return names
		.split(',')
		.filter(Boolean)
		.map((name) => {
			const scenario = SCENARIOS.find((each) => each.name === name);
			if (scenario !== undefined) return scenario;
			const known = SCENARIOS.map((each) => each.name).join(', ');
			throw new Error(`There is no scenario "${name}". There are: ${known}`);
		});
}

/** One that needs a service which is not here is left out, with a line that says so; with `CI=true` it fails. */
function isPossible({ name, transport, store }: Scenario): boolean {
	const needs: Service[] = [
		...(transport === 'redisStreams' ? (['redis'] as const) : []),
		...(transport === 'kafka' ? (['kafka'] as const) : []),
		...(store === 'postgres' ? (['postgres'] as const) : []),
	];
	try {
		needs.forEach(locateService);
		return true;
	} catch (error) {
		if (process.env.CI === 'true') throw error;
		print(`  !!! SKIPPED ${name}: ${error instanceof Error ? error.message : String(error)}`);
		return false;
	}
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
		process.exit(1);
	},
);
