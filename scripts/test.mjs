import { runCommand } from './lib/command.mjs';
import { ensureN8n } from './lib/ensure-n8n.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { ensureBuild, ensureModules } from './lib/project.mjs';
import { missingServices } from './lib/services.mjs';
import { bold, dim, green, red, say, step, yellow } from './lib/terminal.mjs';
import { CHECKS, KINDS, runCheck, runKind } from './lib/test-steps.mjs';

const USAGE = `npm test [-- [--only NAME[,NAME]] [PATH...]]
  NAME  ${[...CHECKS.map(({ name }) => name), ...KINDS].join(', ')}
  PATH  part of a test file's path: only the tests of files that match are run, and no checks`;

const NEEDS_N8N = new Set(['package', 'e2e']);
const NEEDS_BUILD = new Set(['package', 'e2e']);

/** What to run. Throws, with the usage, for a name that there is not. */
function chosen(args) {
	const filters = [];
	let only = null;
	for (let i = 0; i < args.length; i++) {
		const [flag, value] = args[i].split('=');
		if (flag === '--only') only = (value ?? args[++i] ?? '').split(',');
		else if (flag.startsWith('-')) throw new Error(`"${flag}" is no option.\n\n${USAGE}`);
		else filters.push(args[i]);
	}
	const names = [...CHECKS.map(({ name }) => name), ...KINDS];
	const unknown = only?.find((name) => !names.includes(name));
	if (unknown !== undefined) throw new Error(`There is no kind of test "${unknown}".\n\n${USAGE}`);
	const isChosen = (name) => only === null || only.includes(name);
	return {
		checks: filters.length > 0 ? [] : CHECKS.filter(({ name }) => isChosen(name)),
		kinds: KINDS.filter(isChosen),
		filters,
	};
}

function warnOfMissing(kinds) {
	if (!kinds.some((kind) => kind !== 'unit')) return;
	for (const { name, debian } of missingServices()) {
		const effect = process.env.CI === 'true' ? 'its tests will fail' : 'ITS TESTS ARE SKIPPED';
		const text = `!!! ${name} is not on this machine: ${effect}. Get it: apt-get install ${debian}`;
		say(`  ${yellow(bold(text))}`);
	}
}

function noteOf({ passed, failed, skipped }) {
	const parts = [`${passed} passed`];
	if (failed > 0) parts.push(red(`${failed} failed`));
	if (skipped > 0) parts.push(yellow(`${skipped} skipped`));
	return parts.join(', ');
}

/** Shows one step and adds its counts to the total; a failing one's output is shown in full, and the next goes on. */
async function countStep(total, title, work, isCheck) {
	let result;
	try {
		result = await step(
			title,
			async (progress) => {
				result = await work(progress);
				if (result.failed > 0)
					throw Object.assign(new Error('failed'), { note: isCheck ? '' : noteOf(result) });
				return result;
			},
			isCheck ? () => '' : noteOf,
		);
	} catch (error) {
		// A step that could not be run at all, such as a broken build, is a failure with its own story.
		result ??= { passed: 0, failed: 1, skipped: 0, output: [error.output, error.message].join('\n') };
		say(`${dim('─'.repeat(80))}\n${result.output.trim()}\n${dim('─'.repeat(80))}`);
	}
	for (const key of Object.keys(total)) total[key] += result[key];
}

await runCommand(async () => {
	const { checks, kinds, filters } = chosen(process.argv.slice(2));
	const total = { passed: 0, failed: 0, skipped: 0 };
	say();
	const node = await ensureNode();
	await ensureModules(node);
	const n8nFolder = kinds.some((kind) => NEEDS_N8N.has(kind)) ? await ensureN8n(node) : null;
	warnOfMissing(kinds);
	for (const check of checks) await countStep(total, check.title, () => runCheck(check, { node }), true);
	if (kinds.some((kind) => NEEDS_BUILD.has(kind))) {
		const build = async () => {
			await ensureBuild(node, { isQuiet: true });
			return { passed: 1, failed: 0, skipped: 0 };
		};
		await countStep(total, 'Build', build, true);
	}
	for (const kind of kinds) {
		const title = `Tests: ${kind}`;
		await countStep(total, title, (progress) => runKind(kind, { node, n8nFolder, filters, progress }), false);
	}
	say();
	say(`  ${total.failed === 0 ? green('all well') : red('not all well')}`);
	say();
	say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
	return total.failed === 0 ? 0 : 1;
});
