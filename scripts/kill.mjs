import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleScripts } from './lib/bundle-scripts.mjs';
import { runCommand } from './lib/command.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { envWithNode } from './lib/npm.mjs';
import { root } from './lib/paths.mjs';
import { ensureBuild, ensureModules } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { say } from './lib/terminal.mjs';

const folder = join(root, 'test', 'kill');
const out = join(root, 'node_modules', '.cache', 'kill');

/** The parts of the run, each a file that Node runs. */
async function bundle() {
	const processes = ['guard', 'producer', 'mailer', 'mail-sink'];
	await bundleScripts({
		entryPoints: [
			join(folder, 'main.ts'),
			...processes.map((name) => join(folder, 'processes', `${name}.ts`)),
		],
		outdir: out,
		entryNames: '[name]',
	});
	const script = (name) => join(out, `${name}.cjs`);
	return {
		guard: script('guard'),
		producer: script('producer'),
		worker: join(root, 'dist', 'cli.js'),
		mailer: script('mailer'),
		mailSink: script('mail-sink'),
	};
}

const USAGE = `npm run test:kill [-- OPTIONS]
  --scenario NAME[,NAME]  embedded, streams, kafka, n8n, queue; default all, one after the other
  --together              all at once
  --minutes N             of random faults; default: each kind of fault once
  --seed N                of messages and faults, to repeat what a run found; default by the time
  --faults TEXT[,TEXT]    only faults whose name begins so
  --mutants all|short     then mutants of the product, which must be caught (--scenario "": only they)
  --keep                  leave folder and logs of the run`;

const OPTIONS = {
	...{ scenario: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
	...{ faults: { type: 'string' }, mutants: { type: 'string' } },
	...{ together: { type: 'boolean' }, keep: { type: 'boolean' }, help: { type: 'boolean' } },
};

/** The arguments to hand on. Throws, with the usage, for what is none. */
function checked(args) {
	const { values } = parseArgs({ args, options: OPTIONS });
	for (const name of ['minutes', 'seed']) {
		if (values[name] !== undefined && !/^\d{1,9}$/.test(values[name]))
			throw new Error(`--${name} takes a whole number, not "${values[name]}"`);
	}
	if (values.mutants !== undefined && !['all', 'short'].includes(values.mutants))
		throw new Error(`--mutants takes all or short, not "${values.mutants}"`);
	return values.help ? null : args;
}

function argumentsOf(args) {
	try {
		return checked(args);
	} catch (error) {
		throw new Error(`${error.message}\n\n${USAGE}`, { cause: error });
	}
}

await runCommand(async () => {
	const given = argumentsOf(process.argv.slice(2));
	if (given === null) {
		say(USAGE);
		return 0;
	}
	const node = await ensureNode();
	await ensureModules(node);
	await ensureBuild(node);
	const scripts = await bundle();
	const args = [join(out, 'main.cjs'), '--scripts', JSON.stringify(scripts), ...given];
	const { code } = await run(node, args, { cwd: root, env: envWithNode(node), onLine: say });
	return code;
});
