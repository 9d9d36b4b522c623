import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './lib/command.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { envWithNode } from './lib/npm.mjs';
import { root } from './lib/paths.mjs';
import { ensureModules } from './lib/project.mjs';
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

/** One file that runs the benchmark's default export, prints its table and writes its JSON. */
async function bundle(name, results) {
	const { build } = await import('esbuild');
	const outfile = join(root, 'node_modules', '.cache', 'bench', `${name}.cjs`);
	const contents = `
		import bench from './${name}';
		import { reportBench } from './lib/report';
		void Promise.resolve(bench()).then((result) => reportBench(result, ${JSON.stringify(results)}));`;
	await build({
		stdin: { contents, resolveDir: folder, loader: 'ts', sourcefile: 'run-bench.ts' },
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		packages: 'external',
		logLevel: 'warning',
	});
	return outfile;
}

await runCommand(async () => {
	const names = chosen(process.argv.slice(2));
	const node = await ensureNode();
	await ensureModules(node);
	for (const name of names) {
		say(`\n  ${bold(name)}\n`);
		const script = await bundle(name, join(folder, 'results'));
		const env = envWithNode(node);
		const { code } = await run(node, ['--expose-gc', script], { cwd: root, env, onLine: say });
		if (code !== 0) throw new Error(`The benchmark "${name}" failed: see above`);
	}
	return 0;
});
