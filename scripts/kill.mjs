import { join } from 'node:path';
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

await runCommand(async () => {
	const node = await ensureNode();
	await ensureModules(node);
	await ensureBuild(node);
	const scripts = await bundle();
	const args = [join(out, 'main.cjs'), '--scripts', JSON.stringify(scripts), ...process.argv.slice(2)];
	const { code } = await run(node, args, { cwd: root, env: envWithNode(node), onLine: say });
	return code;
});
