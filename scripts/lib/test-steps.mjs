import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { envWithNode } from './npm.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';

export const KINDS = ['unit', 'contract', 'integration', 'package', 'e2e'];

/** A test that runs in circles must not hold up the others for ever. */
const KIND_WITHIN_MS = 20 * 60_000;

/** These wait for servers most of the time: two of them at once are faster on two cores, too. */
const WAITING = new Set(['contract', 'integration']);

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

function tool(...path) {
	return join(root, 'node_modules', ...path);
}

/** The checks before the tests: each counts as one test. */
export const CHECKS = [
	{ name: 'lint', title: 'Lint', args: [tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'] },
	{ name: 'format', title: 'Formatting', args: [tool('prettier', 'bin', 'prettier.cjs'), '--check', '.'] },
	{
		name: 'walls',
		title: 'Dependency rules',
		args: [
			tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
			...['src', 'nodes', 'credentials', '--config', '.dependency-cruiser.cjs'],
		],
	},
	{ name: 'dead-code', title: 'Dead code', args: [tool('knip', 'bin', 'knip.js'), '--no-progress'] },
	{ name: 'types', title: 'Types', args: [tool('typescript', 'bin', 'tsc'), '--project', '.'] },
];

/** Runs one check; resolves with its count and, when it failed, its output. */
export async function runCheck(check, { node }) {
	const { code, output } = await run(node, check.args, { cwd: root, env: envWithNode(node) });
	if (code === 0) return { ...NOTHING, passed: 1, note: '', output: '' };
	return { ...NOTHING, failed: 1, note: '', output };
}

function countsOf(report) {
	return {
		passed: report.numPassedTests,
		// A file that cannot even be run has no tests in it to fail.
		failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

/** Runs one kind of test (its files whose path matches `filters`); `progress` is told of each file that is done. */
export async function runKind(kind, { node, n8nFolder, filters, progress }) {
	const folder = mkdtempSync(join(tmpdir(), 'fleet-test-'));
	const reportPath = join(folder, 'report.json');
	let files = 0;
	try {
		const { code, output } = await run(
			node,
			[
				...[tool('jest', 'bin', 'jest.js'), '--selectProjects', kind, '--passWithNoTests', '--colors=false'],
				...(WAITING.has(kind) ? [`--maxWorkers=${Math.max(2, availableParallelism() - 1)}`] : []),
				// n8n and its browser may leave a handle open, which must not hold up what comes after them.
				...(kind === 'e2e' ? ['--forceExit'] : []),
				...['--json', `--outputFile=${reportPath}`, ...filters],
			],
			{
				cwd: root,
				timeoutMs: KIND_WITHIN_MS,
				env: envWithNode(node, { FORCE_COLOR: '0', ...(n8nFolder && { FLEET_N8N_DIR: n8nFolder }) }),
				onLine: (line) => {
					if (/^(PASS|FAIL) /.test(line)) progress(`${(files += 1)} files`);
				},
			},
		);
		if (!existsSync(reportPath)) return { ...NOTHING, failed: 1, note: '', output };
		const report = JSON.parse(readFileSync(reportPath, 'utf8'));
		const counts = countsOf(report);
		// Jest can fail although no test did, for example when a handle is left open or a threshold is missed.
		if (code !== 0 && counts.failed === 0) counts.failed = 1;
		return { ...counts, output: counts.failed > 0 ? withoutReport(output) : '' };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** With `--json`, Jest prints the whole report as one line too. */
function withoutReport(output) {
	return output
		.split('\n')
		.filter((line) => !line.startsWith('{"num') && !/^(PASS |Test results written)/.test(line))
		.join('\n');
}
