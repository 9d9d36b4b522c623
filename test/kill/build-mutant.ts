import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Mutant, Replacement } from './mutants';

const ENTRIES = { worker: 'src/cli/main.ts', mailer: 'test/kill/processes/mailer.ts' } as const;

/** The mutant's process as a script. `root`: of the repository. Rejects when a line to be replaced is not there. */
export async function buildMutant(mutant: Mutant, root: string, folder: string): Promise<string> {
	const outfile = join(folder, `${mutant.of}.cjs`);
	await build({
		entryPoints: [join(root, ENTRIES[mutant.of])],
		outfile,
		plugins: [replacing(mutant, root)],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		packages: 'external',
		logLevel: 'silent',
	});
	return outfile;
}

function replacing({ name, replacements }: Mutant, root: string): Plugin {
	const byFile = new Map<string, Replacement[]>();
	for (const each of replacements) {
		const path = join(root, each.file);
		byFile.set(path, [...(byFile.get(path) ?? []), each]);
	}
	const replaced = new Set<string>();
	return {
		name: 'replacing',
		setup({ onLoad, onEnd }) {
			onLoad({ filter: /\.ts$/ }, async ({ path }) => {
				const due = byFile.get(path);
				if (due === undefined) return undefined;
				replaced.add(path);
				let contents = await readFile(path, 'utf8');
				for (const { file, from, to } of due) {
					const found = contents.split(from).length - 1;
					if (found !== 1) throw new Error(`Mutant "${name}": ${file} has ${found} times: ${from}`);
					contents = contents.replace(from, () => to);
				}
				return { contents, loader: 'ts' };
			});
			onEnd(() => {
				const unused = [...byFile.keys()].filter((path) => !replaced.has(path));
				if (unused.length > 0) throw new Error(`Mutant "${name}": ${unused.join(', ')} is not in the bundle`);
			});
		},
	};
}
