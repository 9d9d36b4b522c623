import { parseArgs } from 'node:util';
import { describeMutants, describeRun, isCaught, isGreen } from './report';
import type { Scripts } from './rig';
import { runMutants } from './run-mutants';
import { type RunOptions, runScenario } from './run-scenario';
import { SCENARIOS } from './scenarios';

type Pace = Pick<RunOptions, 'leaseMs' | 'patienceMs' | 'times'>;

const SHORT: Pace = {
	patienceMs: 45_000,
	leaseMs: 3_000,
	times: {
		...{ pausedMs: 8_000, hangingMs: 3_000, fullMs: 3_000, frozenMs: 8_000 },
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
		},
	});
	const scripts = JSON.parse(values.scripts ?? '') as Scripts;
	const names = values.scenario?.split(',').filter(Boolean) ?? SCENARIOS.map(({ name }) => name);
	const minutes = values.minutes === undefined ? null : Number(values.minutes);
	const seed = Number(values.seed ?? Math.floor(Date.now() / 1000) % 1_000_000);
	let end: () => Promise<void> = async () => undefined;
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => void end().finally(() => process.exit(130)));
	}
	const onStart: RunOptions['onStart'] = (stop) => {
		end = stop;
	};
	let failed = 0;
	for (const name of names) {
		const scenario = SCENARIOS.find((each) => each.name === name);
		if (scenario === undefined) throw new Error(`There is no scenario "${name}"`);
		const begunAt = Date.now();
		const say = (text: string) => {
			const at = ((Date.now() - begunAt) / 1000).toFixed(1).padStart(6);
			process.stdout.write(`  ${at} s  ${text}\n`);
		};
		const result = await runScenario(scenario, {
			...(minutes === null ? SHORT : LONG),
			...{ seed, minutes, rounds: 1, scripts, say, keeps: values.keep },
			...(values.faults === undefined ? {} : { only: values.faults.split(',') }),
			onStart,
		});
		process.stdout.write(`${describeRun(result)}\n`);
		if (!isGreen(result)) failed++;
	}
	if (values.mutants !== undefined) {
		const results = await runMutants({
			...SHORT,
			...{ seed, scripts, onStart, say: (text: string) => process.stdout.write(`  ${text}\n`) },
			...{ isShort: values.mutants === 'short', root: process.cwd(), folder: __dirname },
		});
		process.stdout.write(`${describeMutants(results)}\n`);
		failed += results.filter((result) => !isCaught(result)).length;
	}
	return failed === 0 ? 0 : 1;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
		process.exit(1);
	},
);
