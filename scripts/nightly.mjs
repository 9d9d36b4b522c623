import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from './lib/command.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { envWithNode } from './lib/npm.mjs';
import { root } from './lib/paths.mjs';
import { ensureModules } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { bold, green, red, say, step } from './lib/terminal.mjs';

const USAGE = `npm run test:nightly [-- [--cases N] [--seed N]]
  --cases  random rules and traces that the engine is held against the reference with; default 200000
  --seed   of the first round, to repeat what it found; default by the time`;

/** Cases of one process: what it has found so far is told in between, and its memory is given back. */
const CASES_A_ROUND = 20_000;
const ROUND_WITHIN_MS = 60 * 60_000;

function wholeNumber(name, text) {
	if (/^\d{1,9}$/.test(text)) return Number(text);
	throw new Error(`--${name} takes a whole number, not "${text}".\n\n${USAGE}`);
}

function chosen() {
	const options = { cases: { type: 'string' }, seed: { type: 'string' } };
	try {
		const { values } = parseArgs({ options });
		return {
			cases: wholeNumber('cases', values.cases ?? '200000'),
			seed: wholeNumber('seed', values.seed ?? String(Math.floor(Date.now() / 1000) % 1_000_000_000)),
		};
	} catch (error) {
		throw error.code?.startsWith('ERR_PARSE_ARGS') ? new Error(`${error.message}\n\n${USAGE}`) : error;
	}
}

/** What fast-check says of a failure: the case and how to see it again. */
function counterexampleOf(output) {
	const lines = output.split('\n');
	const from = lines.findIndex((line) => line.includes('Property failed'));
	return (from < 0 ? lines : lines.slice(from)).filter((line) => !/^\s+at /.test(line)).join('\n');
}

async function runRound(node, cases, seed) {
	const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const { code, output } = await run(
		node,
		[jest, '--selectProjects', 'unit', '--colors=false', '--', 'run-rules.property'],
		{
			cwd: root,
			timeoutMs: ROUND_WITHIN_MS,
			env: envWithNode(node, { FLEET_PROPERTY_CASES: String(cases), FLEET_PROPERTY_SEED: String(seed) }),
		},
	);
	return code === 0 ? null : counterexampleOf(output);
}

await runCommand(async () => {
	const { cases, seed } = chosen();
	const node = await ensureNode();
	await ensureModules(node);
	say(`\n  ${bold('Rules against the reference')}: ${cases} random cases, seed ${seed}\n`);
	let done = 0;
	let failures = 0;
	for (let round = 0; done < cases; round++) {
		const some = Math.min(CASES_A_ROUND, cases - done);
		const found = await step(
			`seed ${seed + round}`,
			() => runRound(node, some, seed + round),
			(counterexample) =>
				counterexample === null ? `${done + some} cases` : red('fires differently, see below'),
		);
		done += some;
		if (found === null) continue;
		failures++;
		say(`${found}\n  Again: npm run test:nightly -- --cases ${some} --seed ${seed + round}\n`);
	}
	const verdict = failures === 0 ? green('no counterexample') : red(`${failures} counterexamples`);
	say(`\n  ${done} cases, seed ${seed}: ${verdict}\n`);
	return failures === 0 ? 0 : 1;
});
