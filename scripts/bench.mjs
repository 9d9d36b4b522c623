import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleScripts } from './lib/bundle-scripts.mjs';
import { runCommand } from './lib/command.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { envWithNode } from './lib/npm.mjs';
import { root } from './lib/paths.mjs';
import { ensureBuild, ensureModules } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { bold, say } from './lib/terminal.mjs';

const folder = join(root, 'bench');

function chosen(names) {
	const known = readdirSync(folder)
		.filter((file) => file.endsWith('.ts'))
		.map((file) => file.replace(/\.ts$/, ''));
	const unknown = names.find((name) => !known.includes(name));
	if (unknown !== undefined)
		throw new Error(`There is no benchmark "${unknown}". There are: ${known.join(', ')}`);
	return names.length > 0 ? names : known;
}

const out = join(root, 'node_modules', '.cache', 'bench');

/** Programs that benchmarks start beside themselves: found in the folder that the benchmark itself is run from. */
async function bundleProcesses() {
	const processes = join(folder, 'processes');
	const entryPoints = readdirSync(processes)
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(processes, file));
	await bundleScripts({ entryPoints, outdir: out });
	// A benchmark of threads runs them as they are shipped.
	const thread = join(root, 'dist', 'thread.js');
	await writeFile(join(out, 'thread.js'), `require(${JSON.stringify(thread)});\n`);
}

/** One file that runs the benchmark's default export, prints its table and writes its JSON. */
async function bundle(name, results) {
	const outfile = join(out, `${name}.cjs`);
	const contents = `
		import bench from './${name}';
		import { reportBench } from './lib/report';
		void Promise.resolve(bench()).then((result) => reportBench(result, ${JSON.stringify(results)}));`;
	const stdin = { contents, resolveDir: folder, loader: 'ts', sourcefile: 'run-bench.ts' };
	await bundleScripts({ stdin, outfile });
	return outfile;
}

await runCommand(async () => {
	const names = chosen(process.argv.slice(2));
	const node = await ensureNode();
	await ensureModules(node);
	await ensureBuild(node);
	await bundleProcesses();
	for (const name of names) {
		say(`\n  ${bold(name)}\n`);
		const script = await bundle(name, join(folder, 'results'));
		const env = envWithNode(node);
		const { code } = await run(node, ['--expose-gc', script], { cwd: root, env, onLine: say });
		if (code !== 0) throw new Error(`The benchmark "${name}" failed: see above`);
	}
	return 0;
});
